package io.sluice.acceptance.benchmark.spark;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaRDD;

/**
 * Nothing but the codec: what zstd of level 1 needs for the same bytes, on as many threads. The
 * records are put together to blocks first, outside of what is counted, and the compressed bytes
 * are forgotten.
 */
final class BareCodec implements Variant {
  private static final int LEVEL = 1;
  private static final int BLOCK = 1 << 20;
  private static final double NANOS = 1e9;

  private double cpuSeconds;

  @Override
  public String name() {
    return "bare codec zstd 1";
  }

  @Override
  public String land(JavaRDD<byte[]> records, Target target) {
    cpuSeconds =
        records.mapPartitions(BareCodec::compress).collect().stream().mapToLong(n -> n).sum()
            / NANOS;
    return target.prefix();
  }

  @Override
  public OptionalDouble ownCpuSeconds() {
    return OptionalDouble.of(cpuSeconds);
  }

  private static Iterator<Long> compress(Iterator<byte[]> records) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    byte[] block = new byte[BLOCK];
    int filled = 0;
    try (OutputStream zstd =
        new ZstdOutputStreamNoFinalizer(OutputStream.nullOutputStream(), LEVEL)) {
      while (records.hasNext()) {
        byte[] line = records.next();
        if (filled + line.length + 1 > BLOCK) {
          nanos += timed(threads, zstd, block, filled);
          filled = 0;
        }
        System.arraycopy(line, 0, block, filled, line.length);
        filled += line.length;
        block[filled++] = '\n';
      }
      nanos += timed(threads, zstd, block, filled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(nanos).iterator();
  }

  private static long timed(ThreadMXBean threads, OutputStream zstd, byte[] block, int length)
      throws IOException {
    long begun = threads.getCurrentThreadCpuTime();
    zstd.write(block, 0, length);
    return threads.getCurrentThreadCpuTime() - begun;
  }
}
