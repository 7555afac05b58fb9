package io.sluice.writer.map;

import io.sluice.writer.encode.RowSink;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.table.Tables;
import io.sluice.writer.map.value.UserCode;
import io.sluice.writer.source.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records become rows by a {@link RecordMapper}. */
final class MapperMapping implements Mapping<SourceRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(MapperMapping.class);

  private final Tables tables;
  private final String className;
  private final TreeMap<String, String> settings;

  MapperMapping(List<TableMapping> tables, String className, Map<String, String> settings) {
    this.tables = new Tables(tables);
    this.className = className;
    this.settings = new TreeMap<>(settings);
    MapperClass.find(className);
  }

  @Override
  public List<TableLayout> layouts() {
    return tables.layouts();
  }

  @Override
  public TaskMapper<SourceRecord> open(IntervalContext interval) {
    RecordMapper mapper = MapperClass.instance(className);
    try {
      mapper.open(Map.copyOf(settings));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + className + " opened", e);
    } catch (Exception e) {
      throw new IllegalStateException("mapper " + className + " cannot be opened", e);
    }
    return new Task(mapper, new UserRows(tables, interval), interval);
  }

  /** The mapper of one task. */
  private record Task(RecordMapper mapper, UserRows rows, IntervalContext interval)
      implements TaskMapper<SourceRecord> {
    @Override
    // What the user's code throws, of whatever class, is about its record.
    public void map(SourceRecord record, RowSink sink) throws RejectException {
      rows.begin(record, sink);
      try {
        mapper.map(view(record), rows);
      } catch (Throwable e) {
        RejectException before = rows.abandon();
        RejectException thrown = UserCode.reject(e);
        throw before == null ? thrown : before;
      }
      rows.finish();
    }

    @Override
    public void close() {
      try {
        mapper.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.warn("mapper {} cannot be closed: its rows are safe", mapper.getClass().getName(), e);
      }
    }

    private StreamRecord view(SourceRecord record) {
      return new StreamRecord(
          record.stream(),
          record.shard(),
          record.mark().sequenceNumber(),
          record.mark().subSequenceNumber(),
          record.partitionKey(),
          record.arrival(),
          record.data().asReadOnlyBuffer(),
          interval.batchTime());
    }
  }
}
