package io.sluice.writer.file;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import io.sluice.writer.upload.ObjectWriter;
import java.nio.ByteBuffer;

/**
 * ZSTD, one frame a file. A file below {@link #BUFFER} is compressed in one go, for which the codec
 * takes smaller tables.
 */
final class ZstdCodec extends Codec {
  /** A block of the format. */
  private static final int BUFFER = 128 << 10;

  private static final int FASTEST = 1;

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER);
  private ObjectWriter out;

  @Override
  void begin(int level, ObjectWriter out) {
    this.out = out;
    in.clear();
    compressed.clear();
    context.reset();
    context.setLevel(level == 0 ? FASTEST : level);
  }

  @Override
  void write(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (!in.hasRemaining()) {
        compress(EndDirective.CONTINUE);
      }
      int count = Math.min(in.remaining(), to - at);
      in.put(bytes, at, count);
      at += count;
    }
  }

  @Override
  void end() {
    compress(EndDirective.END);
    out = null;
  }

  @Override
  void close() {
    context.close();
  }

  private void compress(EndDirective directive) {
    in.flip();
    boolean done;
    do {
      boolean flushed = context.compressDirectByteBufferStream(compressed, in, directive);
      compressed.flip();
      out.write(compressed);
      compressed.clear();
      done = directive == EndDirective.END ? flushed : !in.hasRemaining();
    } while (!done);
    in.clear();
  }
}
