package io.sluice.stack.redshift.copy.source;

import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** The objects that COPY can see. Safe for many threads. */
public interface CopyObjects {
  /** The objects whose keys start with {@code prefix}, in key order; empty if there is none. */
  List<StoredObject> list(String bucket, String prefix) throws ObjectException;

  /** An object's size in bytes, empty if there is no such object. */
  OptionalLong size(String bucket, String key) throws ObjectException;

  /**
   * Opens an object from its start; the caller closes it, possibly from another thread to stop a
   * read.
   */
  InputStream open(String bucket, String key) throws ObjectException;

  /** An object's key and its size in bytes. */
  record StoredObject(String key, long bytes) {}
}
