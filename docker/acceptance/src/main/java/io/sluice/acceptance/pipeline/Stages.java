package io.sluice.acceptance.pipeline;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.SourceProgress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Counts records at the stages of the pipeline. The manifest log is read on from where it was left.
 */
public final class Stages {
  private final ManifestLog manifests;
  private final Clients clients;
  private long next = 1;
  private long read;
  private long landed;
  private long rejected;
  private long files;
  private long batches;

  Stages(ManifestLog manifests, Clients clients) {
    this.manifests = manifests;
    this.clients = clients;
  }

  /**
   * Counts up to now.
   *
   * @param read records that the writer took from the stream
   * @param landed rows in data files
   * @param rejected records in files of rejects
   * @param batches batches in the manifest log
   * @param files data files in them
   */
  public record Landed(long read, long landed, long rejected, long batches, long files) {}

  /**
   * Rows in the warehouse.
   *
   * @param rows all of them
   * @param distinct different ids among them
   */
  public record Loaded(long rows, long distinct) {}

  /** What the manifest log says. */
  public Landed landed() {
    Optional<Manifest> manifest = manifests.read(next);
    while (manifest.isPresent()) {
      read += manifest.get().sources().stream().mapToLong(SourceProgress::records).sum();
      landed += manifest.get().batches().stream().mapToLong(Batch::rows).sum();
      files += manifest.get().batches().stream().mapToLong(batch -> batch.files().size()).sum();
      batches += manifest.get().batches().size();
      rejected += manifest.get().rejects().records();
      next++;
      manifest = manifests.read(next);
    }
    return new Landed(read, landed, rejected, batches, files);
  }

  /** What the table says. */
  public Loaded loaded() {
    try (Connection connection = clients.warehouse();
        Statement statement = connection.createStatement();
        ResultSet counts =
            statement.executeQuery("select count(*), count(distinct id) from " + Resources.TABLE)) {
      counts.next();
      return new Loaded(counts.getLong(1), counts.getLong(2));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot count the rows of " + Resources.TABLE, e);
    }
  }
}
