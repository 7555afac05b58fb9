package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.Row;
import io.sluice.stack.redshift.copy.format.Row.Form;
import io.sluice.stack.redshift.copy.format.RowReader;
import io.sluice.stack.redshift.copy.format.ScanException;
import io.sluice.stack.redshift.copy.load.LoadJournal.BadField;
import io.sluice.stack.redshift.copy.load.LoadJournal.BadRow;
import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.wire.ServerError;
import java.util.ArrayList;
import java.util.List;

/** The rows of one load that did not load, up to the number that fails it. */
final class RefusedRows {
  /** Of further rows the fields are not kept, as STL_LOADERROR_DETAIL documents it. */
  private static final int DETAILED = 20;

  private final CopyTarget target;
  private final List<TargetColumn> columns;
  private final int most;
  private final LoadJournal journal;
  private long count;

  /** Fails the load at {@code most} refused rows. */
  RefusedRows(CopyTarget target, List<TargetColumn> columns, int most, LoadJournal journal) {
    this.target = target;
    this.columns = List.copyOf(columns);
    this.most = most;
    this.journal = journal;
  }

  long count() {
    return count;
  }

  /**
   * Notes the reader's row.
   *
   * @param field the index of the bad field, negative if the row as a whole is bad
   */
  void add(SourceFile file, RowReader reader, int field, LoadRefusal refusal) throws CopyFailure {
    Row row = reader.row();
    int index = Math.min(field, columns.size() - 1);
    String value = index < 0 ? "" : row.text(index);
    note(file, reader.line(), index, reader.rawLine(), value, fields(row, index), refusal);
  }

  /** Notes that a whole file cannot be read. */
  void addFile(SourceFile file, LoadRefusal refusal) throws CopyFailure {
    note(file, 0, -1, "", "", List.of(), refusal);
  }

  /** Notes what fails the load by itself, however many bad rows it may have. */
  CopyFailure failed(SourceFile file, ScanException e) {
    LoadRefusal refusal = e.refusal(file.url());
    count++;
    journal.refused(target, badRow(file, 0, -1, "", "", List.of(), refusal));
    return CopyFailure.internal(refusal.code(), ScanException.MESSAGE, e.context(file.url()));
  }

  private void note(
      SourceFile file,
      long line,
      int index,
      String rawLine,
      String value,
      List<BadField> fields,
      LoadRefusal refusal)
      throws CopyFailure {
    count++;
    journal.refused(target, badRow(file, line, index, rawLine, value, fields, refusal));
    if (count >= most) {
      throw new CopyFailure(
          ServerError.error(
              "XX000",
              "Load into table '%s' failed.  Check 'stl_load_errors' system table for details."
                  .formatted(target.tableName())));
    }
  }

  private BadRow badRow(
      SourceFile file,
      long line,
      int index,
      String rawLine,
      String value,
      List<BadField> fields,
      LoadRefusal refusal) {
    TargetColumn column = index < 0 ? null : columns.get(index);
    return new BadRow(
        file.url().toString(),
        line,
        column == null ? "" : column.name(),
        column == null ? "" : column.type().kind().systemName(),
        column == null ? "0" : column.type().shownLength(),
        rawLine,
        value,
        refusal.code(),
        refusal.getMessage(),
        fields);
  }

  /** The fields up to the bad one. */
  private List<BadField> fields(Row row, int last) {
    List<BadField> fields = new ArrayList<>();
    if (count >= DETAILED) {
      return fields;
    }
    for (int i = 0; i <= last && i < row.fields(); i++) {
      TargetColumn column = columns.get(i);
      boolean empty = row.start(i) == row.end(i);
      fields.add(
          new BadField(
              i,
              column.name(),
              column.type().kind().systemName(),
              column.type().shownLength(),
              row.text(i),
              row.form(i) == Form.NULL || (empty && !column.type().isText())));
    }
    return fields;
  }
}
