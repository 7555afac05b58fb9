package io.sluice.loader.plan;

/**
 * How much a load is to hold.
 *
 * @param batches how many
 * @param files of these batches
 * @param bytes of these files, as they lie in S3
 */
public record LoadSize(int batches, long files, long bytes) {
  /** That of a load of nothing. */
  public static final LoadSize EMPTY = new LoadSize(0, 0, 0);

  /** With one batch more. */
  public LoadSize plus(long moreFiles, long moreBytes) {
    return new LoadSize(batches + 1, files + moreFiles, bytes + moreBytes);
  }

  /** Whether one COPY may be so large; one of a single batch always may. */
  public boolean isAllowed(LoadPolicy policy) {
    return batches <= 1
        || (batches <= policy.maxBatches()
            && files <= policy.maxFiles()
            && bytes <= policy.maxBytes());
  }

  /** Whether a limit is reached, so that waiting for more is no use. */
  public boolean isFull(LoadPolicy policy) {
    return batches >= policy.maxBatches()
        || files >= policy.maxFiles()
        || bytes >= policy.maxBytes();
  }
}
