package io.sluice.acceptance.faults;

import io.sluice.acceptance.proof.Expectation;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Made-up events: all that one is follows from its id. Of a hundred, one each cannot become a row
 * for each reason that there is.
 */
final class Events implements Expectation {
  /** The table's columns in DDL; a writer may leave {@code extra} out. */
  static final String COLUMNS = "id bigint not null, note varchar(24), extra integer";

  private static final int CYCLE = 100;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final LongSupplier put;

  /** Events of which so many were put by now. */
  Events(LongSupplier put) {
    this.put = put;
  }

  /** The record of this id. */
  static String payload(long id) {
    return switch ((int) (id % CYCLE)) {
      case 0 -> "event %d, which is no JSON".formatted(id);
      case 1 -> "{\"id\":%d,\"note\":\"much longer than a note may ever be\"}".formatted(id);
      case 2 -> "{\"number\":%d,\"note\":\"without its id\"}".formatted(id);
      case 3 -> "{\"number\":%d,\"id\":true}".formatted(id);
      case 4 -> "{\"number\":%d,\"id\":92233720368547758080}".formatted(id);
      default ->
          "{\"id\":%d,\"note\":\"%s\",\"extra\":%d}"
              .formatted(id, note(id).replace("\"", "\\\""), extra(id));
    };
  }

  /** How many of the first {@code records} events become rows. */
  static long good(long records) {
    return records - records / CYCLE * 5 - Math.min(5, records % CYCLE);
  }

  @Override
  public long records() {
    return put.getAsLong();
  }

  @Override
  public Optional<String> rejectReason(long id) {
    return switch ((int) (id % CYCLE)) {
      case 0 -> Optional.of("not-json");
      case 1 -> Optional.of("too-long");
      case 2 -> Optional.of("missing");
      case 3 -> Optional.of("wrong-type");
      case 4 -> Optional.of("out-of-range");
      default -> Optional.empty();
    };
  }

  @Override
  public OptionalLong idOfRow(Map<String, Optional<String>> row) {
    return row.getOrDefault("id", Optional.empty())
        .filter(id -> NUMBER.matcher(id).matches())
        .map(id -> OptionalLong.of(Long.parseLong(id)))
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public boolean isRowOf(long id, Map<String, Optional<String>> row) {
    Optional<String> extra = row.get("extra");
    return Optional.of(note(id)).equals(row.get("note"))
        && (extra == null || extra.equals(Optional.of(Long.toString(extra(id)))));
  }

  @Override
  public OptionalLong idOfReject(String data) {
    Matcher number = NUMBER.matcher(data);
    if (!number.find()) {
      return OptionalLong.empty();
    }
    long id = Long.parseLong(number.group());
    // A reject keeps the record as it came.
    return data.equals(payload(id)) ? OptionalLong.of(id) : OptionalLong.empty();
  }

  /** Now and then with what CSV must quote. */
  private static String note(long id) {
    return id % 10 == 7 ? "n%d, \"so\"".formatted(id) : "n" + id;
  }

  private static long extra(long id) {
    return id % 1000;
  }
}
