package io.sluice.stack.redshift.copy.source;

import io.sluice.stack.redshift.copy.Cancellation;
import io.sluice.stack.redshift.copy.S3Url;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An object that another thread reads ahead, a few pieces and no more. A read waits for the next
 * piece or the cancellation, whichever comes first. Used by one thread.
 */
final class ReadAhead extends InputStream {
  private static final int PIECE = 1 << 16;
  private static final int PIECES = 8;

  private final InputStream in;
  private final S3Url url;
  private final Cancellation cancellation;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);
  private final Future<?> reading;
  private Piece current = new Piece(new byte[0], 0, null);
  private int position;
  private boolean closed;

  /** Some bytes; none at the object's end, and then with the failure if there was one. */
  private static final class Piece {
    final byte[] bytes;
    final int length;
    final ObjectException failure;

    Piece(byte[] bytes, int length, ObjectException failure) {
      this.bytes = bytes;
      this.length = length;
      this.failure = failure;
    }
  }

  ReadAhead(InputStream in, S3Url url, ExecutorService reader, Cancellation cancellation) {
    this.in = in;
    this.url = url;
    this.cancellation = cancellation;
    this.reading = reader.submit(this::readAll);
  }

  @Override
  public int read() throws IOException {
    return advance() ? current.bytes[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current.bytes, position, target, offset, count);
    position += count;
    return count;
  }

  /**
   * Never 0 before the end: {@link java.util.zip.GZIPInputStream} takes a 0 between two members for
   * the end of the object and would drop the rest without a word.
   */
  @Override
  public int available() {
    return Math.max(1, current.length - position);
  }

  /** Closes the object; one that is still being read is given up, and its close not waited for. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (reading.isDone()) {
      in.close();
    } else {
      reading.cancel(true);
      BackgroundObjects.closeAside(in);
    }
  }

  /** Moves to the next byte; false at the end. */
  private boolean advance() throws IOException {
    while (position == current.length) {
      if (current.failure != null) {
        throw current.failure;
      }
      if (current.length == 0 && current.bytes.length > 0) {
        return false;
      }
      current = nextPiece();
      position = 0;
    }
    return true;
  }

  private Piece nextPiece() throws IOException {
    try {
      while (!cancellation.isCancelled()) {
        Piece piece = pieces.poll(Cancellation.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (piece != null) {
          return piece;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new InterruptedIOException("the reading of " + url + " was cancelled");
  }

  private void readAll() {
    try {
      Piece piece;
      do {
        piece = readPiece();
        pieces.put(piece);
      } while (piece.length > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Piece readPiece() {
    byte[] bytes = new byte[PIECE];
    try {
      return new Piece(bytes, Math.max(0, in.read(bytes, 0, bytes.length)), null);
    } catch (IOException | RuntimeException e) {
      return new Piece(bytes, 0, BackgroundObjects.told(e, url));
    }
  }
}
