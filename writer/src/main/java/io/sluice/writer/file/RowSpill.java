package io.sluice.writer.file;

import io.sluice.writer.upload.BlockPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Rows on the local disk, of tables that have no open file while too many rows wait in memory: so
 * hundreds of tables that come interleaved end in one file each instead of thousands of small ones.
 * The file is in the JVM's temporary folder, which Spark and YARN set to one of the executor's own,
 * has no name any more where the system allows that, and goes with the task. For one thread.
 */
final class RowSpill implements AutoCloseable {
  private FileChannel channel;
  private long end;

  /** Where rows lie in the file. */
  record Segment(long position, int length, int rows) {}

  /** Writes the rows of a chunk. */
  Segment write(RowChunk chunk) {
    try {
      if (channel == null) {
        channel = open();
      }
      ByteBuffer bytes = ByteBuffer.wrap(chunk.bytes, 0, chunk.length);
      long position = end;
      while (bytes.hasRemaining()) {
        end += channel.write(bytes, end);
      }
      return new Segment(position, chunk.length, chunk.rows);
    } catch (IOException e) {
      throw new UncheckedIOException("rows cannot be put aside on the local disk", e);
    }
  }

  /** Reads rows back, for as long as {@code use} takes. */
  void read(Segment segment, BlockPool pool, Consumer<RowChunk> use) {
    RowChunk chunk =
        new RowChunk(
            segment.length() <= pool.blockBytes() ? pool.take() : new byte[segment.length()]);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(chunk.bytes, 0, segment.length());
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, segment.position() + bytes.position()) < 0) {
          throw new IOException("the file has been cut");
        }
      }
      chunk.length = segment.length();
      chunk.rows = segment.rows();
      use.accept(chunk);
    } catch (IOException e) {
      throw new UncheckedIOException("rows cannot be read back from the local disk", e);
    } finally {
      chunk.release(pool);
    }
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel open() throws IOException {
    Path file = Files.createTempFile("sluice-rows-", ".tmp");
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }
}
