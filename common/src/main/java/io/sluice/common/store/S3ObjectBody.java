package io.sluice.common.store;

import com.amazonaws.services.s3.model.S3ObjectInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** An object's bytes while they arrive. Closed before its end, it drops the connection. */
final class S3ObjectBody extends FilterInputStream {
  private final S3ObjectInputStream body;
  private boolean ended;

  S3ObjectBody(S3ObjectInputStream body) {
    super(body);
    this.body = body;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    ended |= value < 0;
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    ended |= count < 0;
    return count;
  }

  /** The SDK's own would fetch what is left, or complain that nobody did. */
  @Override
  public void close() throws IOException {
    if (ended) {
      super.close();
    } else {
      body.abort();
    }
  }
}
