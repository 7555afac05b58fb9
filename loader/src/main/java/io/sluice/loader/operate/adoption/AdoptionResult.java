package io.sluice.loader.operate.adoption;

/**
 * What became of the intervals of a folder.
 *
 * @param adopted that have a manifest now, or would get one
 * @param known that had one before
 * @param incomplete that were left out, for they have no {@code _SUCCESS}
 * @param late that were left out, for later ones were adopted before
 * @param files of the adopted ones
 * @param rows of these files; 0 when they were not read
 * @param bytes of these files as they lie in S3
 */
public record AdoptionResult(
    long adopted, long known, long incomplete, long late, long files, long rows, long bytes) {
  /** Whether intervals were left out. */
  public boolean isPartial() {
    return incomplete > 0 || late > 0;
  }
}
