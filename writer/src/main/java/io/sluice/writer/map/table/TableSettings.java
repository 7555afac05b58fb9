package io.sluice.writer.map.table;

import io.sluice.common.config.Settings;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.TableLayout.LayoutColumn;
import io.sluice.writer.map.value.BinaryForm;
import io.sluice.writer.map.value.ColumnMapping;
import io.sluice.writer.map.value.Metadata;
import io.sluice.writer.map.value.TimeForm;
import java.util.List;

/** Reads one entry of {@code tables}. */
public final class TableSettings {
  /** What the fields of plain rows are, as far as the writer knows. */
  private static final ColumnType SOME_TEXT = ColumnType.parse("varchar(max)");

  private TableSettings() {}

  /** The table that the entry describes; its problems are noted in {@code settings}. */
  public static TableMapping read(Settings settings) {
    TableName name = settings.parsed("name", TableName::parse);
    boolean plain = settings.flag("plain", false);
    FileFormat format = FormatSettings.format(settings);
    int level = FormatSettings.compressionLevel(settings, format);
    if (plain) {
      List<LayoutColumn> columns = settings.optionalSections("columns", TableSettings::plainColumn);
      return settings.valid(() -> TableMapping.plain(name, format, level, columns));
    }
    List<ColumnMapping> columns = settings.sections("columns", TableSettings::column);
    return settings.valid(() -> TableMapping.of(name, format, level, columns));
  }

  private static LayoutColumn plainColumn(Settings settings) {
    String name = settings.string("name");
    ColumnType type = settings.optionalParsed("type", ColumnType::parse).orElse(SOME_TEXT);
    return settings.valid(() -> new LayoutColumn(name, type));
  }

  private static ColumnMapping column(Settings settings) {
    String name = settings.string("name");
    ColumnType type = settings.parsed("type", ColumnType::parse);
    String constant = settings.optionalText("constant").orElse(null);
    Metadata metadata = settings.oneOf("metadata", Metadata.class, null);
    String fallback = constant == null && metadata == null ? "/" + name : null;
    String pointer = settings.optionalText("pointer").orElse(fallback);
    boolean required = settings.flag("required", false);
    String standIn = settings.optionalText("default").orElse(null);
    TimeForm timeForm = settings.oneOf("time-form", TimeForm.class, TimeForm.ISO);
    BinaryForm binaryForm = settings.oneOf("binary-form", BinaryForm.class, BinaryForm.HEX);
    return settings.valid(
        () ->
            new ColumnMapping(
                name, type, pointer, constant, metadata, required, standIn, timeForm, binaryForm));
  }
}
