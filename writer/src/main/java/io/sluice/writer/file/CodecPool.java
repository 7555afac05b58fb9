package io.sluice.writer.file;

import io.sluice.common.manifest.FileFormat.Compression;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Codecs that wait for the next file, for all tasks of a JVM: their memory is outside of the heap,
 * and dear to make for the files of a small interval. Safe for use by several threads.
 */
final class CodecPool {
  /** More than these are closed when they are given back. */
  private static final int MOST_IDLE = 32;

  private static final Map<Compression, BlockingQueue<Codec>> IDLE =
      new EnumMap<>(
          Map.of(
              Compression.ZSTD, new ArrayBlockingQueue<>(MOST_IDLE),
              Compression.GZIP, new ArrayBlockingQueue<>(MOST_IDLE)));

  private CodecPool() {}

  /** A codec for ZSTD or GZIP. */
  static Codec take(Compression compression) {
    Codec codec = IDLE.get(compression).poll();
    if (codec != null) {
      return codec;
    }
    return compression == Compression.ZSTD ? new ZstdCodec() : new GzipCodec();
  }

  /** Gives a codec back, whatever it was in the middle of. */
  static void give(Compression compression, Codec codec) {
    if (!IDLE.get(compression).offer(codec)) {
      codec.close();
    }
  }
}
