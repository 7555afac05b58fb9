package io.sluice.writer.map;

import static io.sluice.writer.map.Records.column;
import static io.sluice.writer.map.Records.table;

import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.encode.RowSink;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.value.TimeForm;
import io.sluice.writer.source.SourceRecord;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * Measures mapping alone, on one thread: events of 20 columns from JSON to values, with the
 * shortcuts and without them, round by round in one JVM, so that only the ratio counts. The time is
 * the thread's own on a CPU: what else the machine does is left out, as far as that goes.
 *
 * <p>Run its main method; the argument is the number of rounds. A second one, {@code alone}, leaves
 * out the rounds without shortcuts: the compiler then knows one way only, as it does in production.
 */
public final class MappingBenchmark {
  private static final int RECORDS = 20_000;
  private static final int PASSES = 10;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private static final TableMapping EVENTS =
      table(
          "events",
          column("event_id", "varchar(36)"),
          column("user_id", "varchar(36)"),
          column("session_id", "varchar(36)"),
          column("at", "timestamptz"),
          column("received_ms", "timestamptz").in(TimeForm.EPOCH_MS),
          column("kind", "varchar(20)"),
          column("platform", "varchar(20)"),
          column("country", "char(2)"),
          column("ip", "varchar(39)"),
          column("url", "varchar(400)"),
          column("referrer", "varchar(400)"),
          column("status", "smallint"),
          column("bytes", "bigint"),
          column("duration_ms", "integer"),
          column("price", "decimal(12,2)"),
          column("quantity", "integer"),
          column("rate", "double precision"),
          column("logged_in", "boolean"),
          column("title", "varchar(200)"),
          column("version", "varchar(16)"));

  private MappingBenchmark() {}

  public static void main(String[] args) throws RejectException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    List<SourceRecord> records = records(new Random(7));
    long bytes = records.stream().mapToLong(record -> record.data().remaining()).sum() * PASSES;
    System.out.printf(Locale.ROOT, "%d B a record%n", bytes / PASSES / RECORDS);
    boolean alone = args.length > 1 && args[1].equals("alone");
    double[] fast = new double[rounds];
    double[] general = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      fast[i] = bytes / 1e6 / seconds(Shortcuts.TAKEN, records);
      general[i] = alone ? 0 : bytes / 1e6 / seconds(Shortcuts.LEFT, records);
      System.out.printf(
          Locale.ROOT,
          "round %d: shortcuts %.0f MB/s, without %.0f MB/s, ratio %.1f%n",
          i,
          fast[i],
          general[i],
          fast[i] / general[i]);
    }
    System.out.printf(
        Locale.ROOT,
        "median: shortcuts %.0f MB/s, without %.0f MB/s%n",
        median(fast),
        median(general));
  }

  private static double seconds(Shortcuts shortcuts, List<SourceRecord> records)
      throws RejectException {
    Counting sink = new Counting();
    long start = CPU.getCurrentThreadCpuTime();
    try (TaskMapper<SourceRecord> mapper =
        new DocumentMapping(List.of(EVENTS), null, shortcuts).open(Records.INTERVAL)) {
      for (int pass = 0; pass < PASSES; pass++) {
        for (SourceRecord record : records) {
          mapper.map(record, sink);
          sink.keep(Records.ARRIVAL);
        }
      }
    }
    if (sink.rows != (long) RECORDS * PASSES || sink.sum == 0) {
      throw new IllegalStateException(sink.rows + " rows");
    }
    return (CPU.getCurrentThreadCpuTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static List<SourceRecord> records(Random random) {
    List<SourceRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(Records.record(event(random, i)));
    }
    return records;
  }

  private static String event(Random random, int i) {
    String price =
        random.nextInt(3) == 0 ? "null" : random.nextInt(9000) + "." + (10 + random.nextInt(90));
    String words =
        List.of("the", "of", "and", "data", "stream", "warehouse", "fast", "row")
            .get(random.nextInt(8));
    return """
        {"event_id":"%s","user_id":"%s","session_id":"%s","at":"%s","received_ms":%d,"kind":"%s",\
        "platform":"%s","country":"%s","ip":"10.%d.%d.%d","url":"https://shop.example.com/p/%d?ref=%d",\
        "referrer":"%s","status":%d,"bytes":%d,"duration_ms":%d,"price":%s,"quantity":%d,"rate":%.4f,\
        "logged_in":%b,"title":"%s of %s in %s","version":"1.%d.0"}"""
        .formatted(
            new UUID(random.nextLong(), random.nextLong()),
            new UUID(random.nextLong(), random.nextLong()),
            new UUID(random.nextLong(), random.nextLong()),
            Instant.ofEpochMilli(1_763_000_000_000L + i * 37L),
            1_763_000_000_000L + i * 37L,
            random.nextInt(10) < 7 ? "page_view" : "purchase",
            random.nextBoolean() ? "ios" : "android",
            random.nextBoolean() ? "DE" : "US",
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(100_000),
            random.nextInt(1000),
            random.nextInt(4) == 0 ? "" : "https://search.example.org/",
            random.nextInt(10) == 0 ? 404 : 200,
            random.nextInt(1_000_000),
            random.nextInt(5000),
            price,
            random.nextInt(5),
            random.nextDouble(),
            random.nextBoolean(),
            words,
            "größe",
            words,
            random.nextInt(30))
        .strip();
  }

  /** Takes every value and keeps nothing but their number and sum. */
  private static final class Counting implements RowSink, RowEncoder {
    private long rows;
    private long sum;

    @Override
    public RowEncoder row(TableLayout table) {
      return this;
    }

    @Override
    public void keep(Instant arrival) {
      rows++;
    }

    @Override
    public void drop() {
      throw new IllegalStateException("every record fits");
    }

    @Override
    public void nullValue() {
      sum++;
    }

    @Override
    public void bool(boolean value) {
      sum += value ? 1 : 2;
    }

    @Override
    public void number(long value) {
      sum += value;
    }

    @Override
    public void number(byte[] ascii, int from, int to) {
      sum += ascii[to - 1];
    }

    @Override
    public void date(long epochDay) {
      sum += epochDay;
    }

    @Override
    public void timestamp(long epochMicros) {
      sum += epochMicros;
    }

    @Override
    public void text(byte[] utf8, int from, int to) {
      sum += to > from ? utf8[to - 1] : 0;
    }

    @Override
    public void json(byte[] utf8, int from, int to) {
      sum += utf8[to - 1];
    }

    @Override
    public void bytes(byte[] data, int from, int to) {
      sum += to - from;
    }

    @Override
    public void line(byte[] utf8, int from, int to) {
      sum += to - from;
    }
  }
}
