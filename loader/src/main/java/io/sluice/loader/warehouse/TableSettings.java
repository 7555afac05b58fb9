package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import io.sluice.common.manifest.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one table is loaded.
 *
 * @param upsert how rows replace each other; empty for a table that is appended to
 * @param loadColumn the column that gets the name of the load which brought a row; only without
 *     upsert
 * @param layout what may be done to the table itself
 * @param copy what its COPY does beyond the default
 * @param queryGroup the query group of its loads, in place of the warehouse's settings
 * @param statementTimeout the longest that a statement of its loads may take, in place of the
 *     warehouse's settings
 * @param maxBadFiles how many files in a row may go to quarantine without one that loads, before
 *     the table itself is taken for wrong and pauses
 */
public record TableSettings(
    TableName name,
    Optional<Upsert> upsert,
    Optional<String> loadColumn,
    Layout layout,
    CopyOptions copy,
    Optional<String> queryGroup,
    Optional<Duration> statementTimeout,
    int maxBadFiles) {
  /** What {@link #maxBadFiles} is by default. */
  public static final int DEFAULT_MAX_BAD_FILES = 10;

  private static final int MOST_BAD_FILES = 100_000;

  /** How rows come into the table. */
  enum Mode {
    APPEND,
    UPSERT
  }

  /** Whether new columns come into the table. */
  enum Evolve {
    NONE,
    ADD_COLUMNS
  }

  /**
   * What the loader may do to the table itself.
   *
   * @param create whether it makes the table, of the columns of the first manifest
   * @param addColumns whether it adds columns that a manifest has and the table has not
   * @param distKey the distribution key of a table that it makes
   * @param sortKey the sort key of a table that it makes, in order
   */
  public record Layout(
      boolean create, boolean addColumns, Optional<String> distKey, List<String> sortKey) {
    /** Nothing. */
    public static final Layout AS_IT_IS = new Layout(false, false, Optional.empty(), List.of());

    public Layout {
      requireNonNull(distKey, "distKey");
      sortKey = List.copyOf(sortKey);
      if (!create && (distKey.isPresent() || !sortKey.isEmpty())) {
        throw new IllegalArgumentException("dist-key and sort-key need create = true");
      }
    }

    private static Layout read(Settings settings) {
      boolean create = settings.flag("create", false);
      Evolve evolve = settings.oneOf("evolve", Evolve.class, Evolve.NONE);
      Optional<String> distKey = settings.optionalParsed("dist-key", Identifiers::folded);
      List<String> sortKey =
          settings.optionalParsedList("sort-key", Identifiers::folded).orElse(List.of());
      return settings.valid(
          () -> new Layout(create, evolve == Evolve.ADD_COLUMNS, distKey, sortKey));
    }
  }

  public TableSettings {
    requireNonNull(name, "name");
    requireNonNull(upsert, "upsert");
    requireNonNull(loadColumn, "loadColumn");
    requireNonNull(layout, "layout");
    requireNonNull(copy, "copy");
    requireNonNull(queryGroup, "queryGroup");
    requireNonNull(statementTimeout, "statementTimeout");
  }

  /** A table that is appended to, with the defaults of everything. */
  public static TableSettings of(TableName name) {
    return new TableSettings(
        name,
        Optional.empty(),
        Optional.empty(),
        Layout.AS_IT_IS,
        CopyOptions.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_MAX_BAD_FILES);
  }

  /** The same of a table that the loader makes when it is missing. */
  public static TableSettings made(TableName name) {
    return new TableSettings(
        name,
        Optional.empty(),
        Optional.empty(),
        new Layout(true, false, Optional.empty(), List.of()),
        CopyOptions.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_MAX_BAD_FILES);
  }

  /**
   * Reads an entry of {@code tables}.
   *
   * @param longest what the session as a whole allows a statement
   */
  public static TableSettings read(TableName name, Settings settings, Duration longest) {
    Mode mode = settings.oneOf("mode", Mode.class, Mode.APPEND);
    Optional<Upsert> upsert = settings.optionalSection("upsert", Upsert::read);
    if (upsert.isPresent() != (mode == Mode.UPSERT)) {
      settings.problem(
          "mode",
          mode == null ? null : mode.name().toLowerCase(Locale.ROOT),
          "upsert needs a section upsert { key, order }, and append has none");
    }
    Optional<String> loadColumn = settings.optionalParsed("load-column", Identifiers::folded);
    if (mode == Mode.UPSERT && loadColumn.isPresent()) {
      settings.problem(
          "load-column",
          loadColumn.get(),
          "needs mode = append: of a row that was replaced no load could bring the older one back");
    }
    Layout layout = Layout.read(settings);
    Load load = settings.section("load", section -> Load.read(section, longest));
    return settings.valid(
        () ->
            new TableSettings(
                name,
                upsert,
                loadColumn,
                layout,
                load.copy(),
                load.queryGroup(),
                load.statementTimeout(),
                load.maxBadFiles()));
  }

  /** The same for another table of the same columns. */
  public TableSettings named(TableName other) {
    return new TableSettings(
        other, upsert, loadColumn, layout, copy, queryGroup, statementTimeout, maxBadFiles);
  }

  private record Load(
      CopyOptions copy,
      Optional<String> queryGroup,
      Optional<Duration> statementTimeout,
      int maxBadFiles) {
    private static Load read(Settings settings, Duration longest) {
      CopyOptions copy = CopyOptions.read(settings);
      Optional<String> queryGroup = settings.optionalString("query-group");
      Duration timeout = settings.duration("statement-timeout", longest);
      if (timeout != null && longest != null && timeout.compareTo(longest) > 0) {
        settings.problem(
            "statement-timeout", timeout, "must not be longer than warehouse.statement-timeout");
      }
      long bad = settings.number("max-bad-files", DEFAULT_MAX_BAD_FILES, 1, MOST_BAD_FILES);
      Optional<Duration> own =
          timeout == null || timeout.equals(longest) ? Optional.empty() : Optional.of(timeout);
      return new Load(copy, queryGroup, own, (int) bad);
    }
  }
}
