package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.operate.adoption.AdoptionResult;
import io.sluice.loader.operate.backfill.BackfillPreview;
import io.sluice.loader.operate.backfill.BackfillResult;
import io.sluice.loader.operate.backfill.ReloadCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The rows that {@code backfill} answers. */
final class BackfillAnswer {
  private static final List<Column> RESULTS =
      List.of(
          Column.text("table"),
          Column.text("state"),
          Column.number("batches"),
          Column.number("in_ledger"),
          Column.number("refused"),
          Column.number("quarantined_files"),
          Column.number("left"),
          Column.number("rows"),
          Column.bytes("bytes"),
          Column.number("loads"),
          Column.duration("time"),
          Column.number("rows_per_second"));

  private static final List<Column> PREVIEWS =
      List.of(
          Column.text("table"),
          Column.number("in_ledger"),
          Column.number("loads"),
          Column.number("batches"),
          Column.number("files"),
          Column.number("rows"),
          Column.bytes("bytes"),
          Column.number("first_manifest"),
          Column.number("last_manifest"));

  /** What only a reload has. */
  private static final List<Column> REPLACED =
      List.of(
          Column.number("replaced_loads"),
          Column.number("replaced_batches"),
          Column.number("replaced_rows"));

  private static final List<Column> ADOPTIONS =
      List.of(
          Column.text("batch_folder"),
          Column.text("table"),
          Column.number("intervals"),
          Column.number("adopted_before"),
          Column.number("incomplete"),
          Column.number("late"),
          Column.number("files"),
          Column.bytes("bytes"));

  private BackfillAnswer() {}

  /** What an adoption would do. */
  static void adoption(
      OutputOption output, BatchFolder folder, TableName table, AdoptionResult result) {
    try (Rows rows = output.rows(ADOPTIONS)) {
      rows.add(
          folder,
          table,
          result.adopted(),
          result.known(),
          result.incomplete(),
          result.late(),
          result.files(),
          result.bytes());
    }
  }

  static void results(OutputOption output, List<BackfillResult> results) {
    try (Rows rows = output.rows(RESULTS)) {
      for (BackfillResult result : results) {
        rows.add(
            result.table(),
            result.state().text(),
            result.loaded(),
            result.known(),
            result.refused(),
            result.quarantined(),
            result.left(),
            result.rows(),
            result.bytes(),
            result.loads(),
            result.duration(),
            result.rowsPerSecond());
      }
    }
  }

  static void previews(OutputOption output, List<BackfillPreview> previews) {
    try (Rows rows = output.rows(PREVIEWS)) {
      previews.forEach(preview -> rows.add(cells(preview).toArray()));
    }
  }

  /** The same of a reload: {@code replaced} has what it would replace, by table. */
  static void previews(
      OutputOption output,
      List<BackfillPreview> previews,
      Map<TableName, ReloadCheck.Size> replaced) {
    List<Column> columns = new ArrayList<>(PREVIEWS);
    columns.addAll(REPLACED);
    try (Rows rows = output.rows(columns)) {
      for (BackfillPreview preview : previews) {
        ReloadCheck.Size size = replaced.get(preview.table());
        List<Object> cells = cells(preview);
        cells.addAll(List.of(size.loads(), size.batches(), size.rows()));
        rows.add(cells.toArray());
      }
    }
  }

  private static List<Object> cells(BackfillPreview preview) {
    return new ArrayList<>(
        Arrays.asList(
            preview.table(),
            preview.known(),
            preview.loads(),
            preview.batches(),
            preview.files(),
            preview.rows(),
            preview.bytes(),
            preview.firstManifest(),
            preview.lastManifest()));
  }
}
