package io.sluice.acceptance.proof;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What was put into the stream: records with the ids from 0 on, each of them once. */
public interface Expectation {
  /** How many records were put, so that the highest id is one less. */
  long records();

  /** Why the record of this id must be among the rejects, empty when it must become a row. */
  Optional<String> rejectReason(long id);

  /** The id of the record that a row was made of, empty when the row is foreign. */
  OptionalLong idOfRow(Map<String, Optional<String>> row);

  /**
   * Whether the row is what the record of this id must become.
   *
   * @param row the values as the file has them by the names of the columns, empty for NULL
   */
  boolean isRowOf(long id, Map<String, Optional<String>> row);

  /** The id of the record whose data a reject kept, empty when the data is foreign. */
  OptionalLong idOfReject(String data);
}
