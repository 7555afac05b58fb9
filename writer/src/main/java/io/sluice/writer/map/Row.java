package io.sluice.writer.map;

/** One row that the user's code fills, by the names of its columns. */
public interface Row {
  /**
   * Sets a column; later values replace earlier ones.
   *
   * <p>Taken are texts, numbers of every class, booleans, enums, UUIDs; for times {@code Instant},
   * {@code OffsetDateTime}, {@code ZonedDateTime}, {@code LocalDateTime} and {@code LocalDate}
   * (UTC), or what the column's time-form reads; for varbyte {@code byte[]} and {@code ByteBuffer};
   * for super maps, iterables and arrays of such, or a JSON document as text or bytes; {@code null}
   * or an empty {@code Optional} for no value. A value is looked at after the user's code has
   * returned: leave it unchanged until then.
   */
  Row set(String column, Object value);
}
