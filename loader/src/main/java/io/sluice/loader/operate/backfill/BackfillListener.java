package io.sluice.loader.operate.backfill;

/** Hears how a backfill goes, from the threads where it happens. */
public interface BackfillListener {
  /**
   * How far it has come.
   *
   * @param manifestsLeft that are not read yet
   * @param manifestsRead read so far
   * @param found batches that these have for the wanted tables
   * @param decided those of the found ones that are in the ledger, refused or left
   * @param rows that this run has loaded
   */
  record Progress(long manifestsLeft, long manifestsRead, long found, long decided, long rows) {
    /** About how many batches it will be, judged by the manifests that are read. */
    public long expected() {
      return manifestsRead == 0
          ? found
          : found + Math.round((double) manifestsLeft * found / manifestsRead);
    }
  }

  void progressed(Progress progress);

  /** A sentence for whoever watches. */
  void said(String words);
}
