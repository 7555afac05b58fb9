package io.sluice.writer.map;

import io.sluice.common.config.Settings;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.table.TableSettings;
import io.sluice.writer.map.value.Metadata;
import io.sluice.writer.source.SourceRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the sections {@code tables}, {@code routing} and {@code mapper} of the writer. */
public final class MappingSettings {
  private MappingSettings() {}

  /** The mapping of the records, or null when anything is wrong with the settings so far. */
  public static Mapping<SourceRecord> read(Settings settings) {
    List<TableMapping> tables = tables(settings);
    Optional<Routing> routing = settings.optionalSection("routing", MappingSettings::routing);
    Optional<UserClass> mapper = settings.optionalSection("mapper", MappingSettings::mapper);
    if (routing.isPresent() && mapper.isPresent()) {
      settings.problem(
          "routing",
          "a section",
          "a mapper says itself which table a row is for: leave routing out");
    }
    return settings.valid(
        () ->
            mapper.isPresent()
                ? new MapperMapping(tables, mapper.get().name(), mapper.get().settings())
                : new DocumentMapping(tables, routing.orElse(null), Shortcuts.TAKEN));
  }

  /** The tables alone, for those who map by code. */
  public static List<TableMapping> tables(Settings settings) {
    return settings.sections("tables", TableSettings::read);
  }

  private static Routing routing(Settings settings) {
    String pointer = settings.optionalText("pointer").orElse(null);
    Metadata metadata = settings.oneOf("metadata", Metadata.class, null);
    Map<String, TableName> tables = new LinkedHashMap<>();
    settings
        .texts("tables")
        .forEach((kind, table) -> tables.put(kind, table(settings, kind, table)));
    TableName unknown =
        settings
            .optionalParsed("unknown", MappingSettings::unknown)
            .flatMap(table -> table)
            .orElse(null);
    return settings.valid(() -> new Routing(pointer, metadata, tables, unknown));
  }

  /** Empty for the rejects: a table of that name is written {@code public.reject}. */
  private static Optional<TableName> unknown(String text) {
    return text.equals("reject") ? Optional.empty() : Optional.of(TableName.parse(text));
  }

  private static TableName table(Settings settings, String kind, String table) {
    try {
      return TableName.parse(table);
    } catch (IllegalArgumentException e) {
      settings.problem("tables." + kind, table, e.getMessage());
      return null;
    }
  }

  private static UserClass mapper(Settings settings) {
    String name = settings.string("class");
    Map<String, String> own = settings.texts("settings");
    return settings.valid(() -> new UserClass(name, own));
  }

  private record UserClass(String name, Map<String, String> settings) {}
}
