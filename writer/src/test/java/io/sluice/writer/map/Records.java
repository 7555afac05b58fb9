package io.sluice.writer.map;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.value.ColumnMapping;
import io.sluice.writer.source.SourceRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Records, tables and what becomes of them. */
final class Records {
  static final Instant ARRIVAL = Instant.parse("2026-11-22T05:12:30.123456Z");
  static final BigInteger SEQUENCE =
      new BigInteger("49590338271490256608559692538361571095921575989136588898");
  static final IntervalContext INTERVAL =
      new IntervalContext(Instant.parse("2026-11-22T05:12:30Z"), 42);

  private Records() {}

  static SourceRecord record(String data) {
    return record(data.getBytes(StandardCharsets.UTF_8));
  }

  static SourceRecord record(byte[] data) {
    return record(ByteBuffer.wrap(data), "key");
  }

  static SourceRecord record(ByteBuffer data, String partitionKey) {
    return new SourceRecord(
        "clicks", "shardId-000000000001", new Mark(SEQUENCE, 3), partitionKey, ARRIVAL, data);
  }

  static ColumnMapping column(String name, String type) {
    return ColumnMapping.of(name, ColumnType.parse(type));
  }

  static TableMapping table(String name, ColumnMapping... columns) {
    return TableMapping.of(TableName.parse(name), FileFormat.csvZstd(), 0, List.of(columns));
  }

  /** The rows of one record; what was begun before a reject is dropped. */
  static <T> List<String> rows(Mapping<T> mapping, T record) throws RejectException {
    RecordingSink sink = new RecordingSink();
    try (TaskMapper<T> mapper = mapping.open(INTERVAL)) {
      mapper.map(record, sink);
      sink.keep(ARRIVAL);
    }
    return sink.rows();
  }

  static Mapping<SourceRecord> mapping(TableMapping... tables) {
    return new DocumentMapping(List.of(tables), null, Shortcuts.TAKEN);
  }
}
