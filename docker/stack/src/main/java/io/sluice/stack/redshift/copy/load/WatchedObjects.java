package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.fault.SessionFaults;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** An object store that asks for faults before each read. */
public record WatchedObjects(CopyObjects objects, SessionFaults faults) implements CopyObjects {
  @Override
  public List<StoredObject> list(String bucket, String prefix) throws ObjectException {
    return objects.list(bucket, prefix);
  }

  @Override
  public OptionalLong size(String bucket, String key) throws ObjectException {
    return objects.size(bucket, key);
  }

  @Override
  public InputStream open(String bucket, String key) throws ObjectException {
    return new FilterInputStream(objects.open(bucket, key)) {
      @Override
      public int read() throws IOException {
        faults.read(bucket, key);
        return super.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        faults.read(bucket, key);
        return super.read(target, offset, length);
      }
    };
  }
}
