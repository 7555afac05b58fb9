package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.fault.FaultPoints;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An object's bytes: asks for faults before each read, and tells a broken transfer from broken
 * contents.
 */
final class WatchedObject extends FilterInputStream {
  private final S3Url url;
  private final FaultPoints faults;

  WatchedObject(InputStream in, S3Url url, FaultPoints faults) {
    super(in);
    this.url = url;
    this.faults = faults;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    faults.objectRead(url.bucket(), url.key());
    try {
      return super.read(target, offset, length);
    } catch (ObjectException e) {
      throw e;
    } catch (IOException e) {
      throw new ObjectException(ObjectException.Kind.FAILED, url.toString(), e);
    }
  }
}
