package io.sluice.common.store;

/**
 * An object that is sent in parts, and is there only when it is {@link #complete}.
 *
 * <p>Parts may be sent by several threads at once, the rest by one when they are done. Every method
 * throws {@link ObjectStoreException}. What is neither completed nor aborted, for the process was
 * killed, stays in the bucket unseen, and is paid for, until a lifecycle rule
 * (AbortIncompleteMultipartUpload) removes it.
 */
public interface MultipartUpload {
  /** Every part but the last must be as large; see "Amazon S3 multipart upload limits". */
  int LEAST_PART_BYTES = 5 << 20;

  /** There are no more parts than this. */
  int MOST_PARTS = 10_000;

  /** Sends a part, counted from 1; one that is sent again replaces itself. */
  void part(int number, ObjectBytes body);

  /**
   * Makes the object of all parts. May be called again after a failure: when the first call has
   * been carried out, the second one succeeds.
   */
  void complete();

  /** Forgets the parts. */
  void abort();
}
