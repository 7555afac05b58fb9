package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.pipeline.Pipeline;
import io.sluice.acceptance.pipeline.Stages.Landed;
import io.sluice.acceptance.pipeline.Stages.Loaded;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Proves by table, ledger and manifest log together that every record is there once. */
final class Proof {
  private final Pipeline pipeline;

  Proof(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * {@code good} records became rows, {@code bad} ones were set aside, and nothing else happened.
   */
  void everyRecordOnce(long good, long bad) throws SQLException {
    Landed landed = pipeline.resources().stages().landed();
    Loaded loaded = pipeline.resources().stages().loaded();
    assertThat(landed.read()).as("records read from the stream").isEqualTo(good + bad);
    assertThat(landed.landed()).as("rows landed").isEqualTo(good);
    assertThat(landed.rejected()).as("records set aside").isEqualTo(bad);
    assertThat(loaded.rows()).as("rows in the table").isEqualTo(good);
    assertThat(loaded.distinct()).as("different ids in the table").isEqualTo(good);
    assertThat(number("select sum(row_count) from sluice.ledger"))
        .as("rows in the ledger")
        .isEqualTo(good);
    assertThat(number("select count(*) from sluice.ledger"))
        .as("batches in the ledger")
        .isEqualTo(number("select count(distinct manifest_number) from sluice.ledger"))
        .isEqualTo(landed.batches());
    everyShardWithoutGapOrOverlap();
  }

  /** Marks only rise, and each range begins behind the mark before it. */
  private void everyShardWithoutGapOrOverlap() {
    ManifestLog manifests = pipeline.resources().manifests();
    Map<String, Mark> marks = new HashMap<>();
    long last = manifests.lastNumber();
    for (long number = 1; number <= last; number++) {
      Manifest manifest = manifests.read(number).orElseThrow();
      for (SourceProgress source : manifest.sources()) {
        for (ShardRange range : source.ranges()) {
          Mark before = marks.put(range.shard(), range.to());
          if (before != null) {
            assertThat(range.from())
                .as("start of %s in manifest %d", range.shard(), number)
                .isGreaterThan(before);
          }
        }
        source
            .marks()
            .forEach(
                mark ->
                    assertThat(mark.mark().orElseThrow())
                        .as("mark of %s in manifest %d", mark.shard(), manifest.number())
                        .isEqualTo(marks.get(mark.shard())));
      }
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = pipeline.clients().warehouse();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
