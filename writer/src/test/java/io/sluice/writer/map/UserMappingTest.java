package io.sluice.writer.map;

import static io.sluice.writer.map.Records.column;
import static io.sluice.writer.map.Records.record;
import static io.sluice.writer.map.Records.rows;
import static io.sluice.writer.map.Records.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.value.ColumnMapping;
import io.sluice.writer.map.value.Metadata;
import io.sluice.writer.source.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The ways by the user's code. */
class UserMappingTest {
  private static final TableMapping CLICKS =
      table("clicks", column("id", "bigint"), column("note", "varchar(20)").orElse("none"));
  private static final TableMapping LINES =
      TableMapping.plain(
          TableName.parse("web.lines"),
          new FileFormat(Format.JSON, Compression.ZSTD, null, null),
          0,
          List.of());

  @Test
  void oneElementBecomesAnyNumberOfRowsOfAnyTables() throws RejectException {
    RowMapper<String> words =
        (text, rows) -> {
          for (String word : List.of(text.split(" ", -1))) {
            rows.row("clicks").set("id", word.length()).set("NOTE", word);
          }
          rows.json("public.clicks", "{\"id\":7}");
          rows.line("web.lines", "{\"text\":1}\n");
        };

    assertThat(rows(ElementMapping.of(List.of(CLICKS, LINES), words), "one three"))
        .containsExactly(
            "public.clicks: int 3 | 'one'",
            "public.clicks: int 5 | 'three'",
            "public.clicks: int 7 | 'none'",
            "web.lines: {\"text\":1}");
  }

  @Test
  void noRowAtAllLeavesTheElementOut() throws RejectException {
    assertThat(rows(elements((text, rows) -> {}), "x")).isEmpty();
  }

  @Test
  void takesValuesOfJavaByTheRulesOfTheirColumns() throws RejectException {
    assertValue("bigint", 7, "int 7");
    assertValue("bigint", new BigInteger("9223372036854775807"), "int 9223372036854775807");
    assertValue("smallint", new AtomicInteger(5), "int 5");
    assertValue("decimal(6,2)", new BigDecimal("12.500"), "dec 12.50");
    assertValue("double precision", 1e-7, "float 1.0E-7");
    assertValue("boolean", true, "bool true");
    assertValue("boolean", "no", "bool false");
    assertValue("varchar(40)", java.nio.CharBuffer.wrap("größe"), "'größe'");
    assertValue("varchar(40)", DayOfWeek.MONDAY, "'MONDAY'");
    assertValue("varchar(40)", new UUID(1, 2), "'00000000-0000-0001-0000-000000000002'");
    assertValue("varchar(40)", 12.5, "'12.5'");
    assertValue("timestamptz", Instant.ofEpochMilli(-1), "tz 1969-12-31T23:59:59.999");
    assertValue(
        "timestamp", OffsetDateTime.parse("2018-01-31T01:00:00+02:00"), "ts 2018-01-30T23:00");
    assertValue("timestamp", LocalDateTime.parse("2018-01-31T01:00:00"), "ts 2018-01-31T01:00");
    assertValue("timestamp", "2018-01-31T01:00:00Z", "ts 2018-01-31T01:00");
    assertValue("date", LocalDate.parse("2018-01-31"), "date 2018-01-31");
    assertValue("varbyte(2)", new byte[] {1, -1}, "x01ff");
    assertValue("varbyte(2)", ByteBuffer.wrap(new byte[] {1, 2}), "x0102");
    assertValue("varbyte(2)", "0a0b", "x0a0b");
    assertValue("super", "{\"a\":[1]}", "super {\"a\":[1]}");
    assertValue(
        "super", List.of(1, "é\"", true, DayOfWeek.FRIDAY), "super [1,\"é\\\"\",true,\"FRIDAY\"]");
    assertValue("super", new Object[] {null, 1.5}, "super [null,1.5]");
    assertValue("super", 12, "super 12");
    assertValue("integer", Optional.of(3), "int 3");
    assertValue("integer", Optional.empty(), "NULL");
    assertValue("integer", null, "NULL");
  }

  @Test
  void refusesValuesThatTheirColumnsCannotHold() {
    assertRefused("bigint", "x", RejectReason.WRONG_TYPE);
    assertRefused("bigint", Double.NaN, RejectReason.OUT_OF_RANGE);
    assertRefused("smallint", 40_000, RejectReason.OUT_OF_RANGE);
    assertRefused("varchar(3)", "éé", RejectReason.TOO_LONG);
    assertRefused("varchar(3)", "\0", RejectReason.NOT_LOADABLE);
    assertRefused("varchar(3)", "\ud800", RejectReason.NOT_LOADABLE);
    assertRefused("varchar(3)", "\\N", RejectReason.NOT_LOADABLE);
    assertRefused("varchar(300)", new byte[1], RejectReason.WRONG_TYPE);
    assertRefused("varchar(300)", List.of(), RejectReason.WRONG_TYPE);
    assertRefused("varbyte(1)", new byte[2], RejectReason.TOO_LONG);
    assertRefused("timestamp", Instant.MAX, RejectReason.OUT_OF_RANGE);
    assertRefused("super", "{", RejectReason.NOT_JSON);
    assertRefused("super", "1,2", RejectReason.NOT_JSON);
    assertRefused("super", Map.of("a", Double.POSITIVE_INFINITY), RejectReason.OUT_OF_RANGE);
    assertRefused("super", Map.of("a", "\0"), RejectReason.NOT_LOADABLE);
    Map<String, Object> endless = new LinkedHashMap<>();
    endless.put("self", endless);
    assertRefused("super", endless, RejectReason.TOO_DEEP);
  }

  @Test
  void whatTheValuesOwnMethodsThrowIsTheirs() {
    Object mute =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("mute");
          }
        };

    assertRefused("super", List.of(mute), RejectReason.MAPPER_FAILED);
  }

  @Test
  void theRowsOfAnElementAreAllOrNothing() {
    RecordingSink sink = new RecordingSink();
    TaskMapper<String> mapper =
        elements(
                (text, rows) -> {
                  rows.row("clicks").set("id", 1);
                  rows.row("clicks").set("id", text);
                })
            .open(Records.INTERVAL);

    assertThatThrownBy(() -> mapper.map("x", sink)).isInstanceOf(RejectException.class);
    sink.drop();
    sink.keep(Records.ARRIVAL);

    assertThat(sink.rows()).isEmpty();
  }

  @Test
  void whatIsNotDeclaredIsAClearReject() {
    assertReject(
        elements((text, rows) -> rows.row("nobody").set("id", 1)),
        RejectReason.UNDECLARED,
        "table nobody is not declared");
    assertReject(
        elements((text, rows) -> rows.row("clicks").set("nothing", 1)),
        RejectReason.UNDECLARED,
        "table public.clicks has no column nothing");
    assertReject(
        elements((text, rows) -> rows.line("clicks", "{}")),
        RejectReason.UNDECLARED,
        "table public.clicks is not plain: it takes no lines");
    assertReject(
        elements((text, rows) -> rows.json("web.lines", "{}")),
        RejectReason.UNDECLARED,
        "table web.lines is plain: it takes no documents");
    assertReject(
        elements((text, rows) -> rows.row().set("id", 1)),
        RejectReason.UNDECLARED,
        "there are 2 tables: name one");
  }

  @Test
  void whatTheCodeThrowsMakesARejectAndHidesNothing() {
    assertReject(
        elements(
            (text, rows) -> {
              throw new IOException("no luck");
            }),
        RejectReason.MAPPER_FAILED,
        "java.io.IOException: no luck");
    assertReject(
        elements((text, rows) -> endless(1)),
        RejectReason.MAPPER_FAILED,
        "java.lang.StackOverflowError");
    assertReject(
        elements(
            (text, rows) -> {
              rows.row("nobody");
              throw new IOException("because of that");
            }),
        RejectReason.UNDECLARED,
        "table nobody is not declared");
  }

  @Test
  void whatIsAboutTheJvmOrTheFilesIsNoReject() {
    Mapping<String> outOfMemory =
        elements(
            (text, rows) -> {
              throw new OutOfMemoryError("test");
            });
    Mapping<String> interrupted =
        elements(
            (text, rows) -> {
              throw new InterruptedException();
            });
    RecordingSink broken = new RecordingSink();
    broken.failNext(new IllegalStateException("the upload has failed"));
    RowMapper<String> catching =
        (text, rows) -> {
          try {
            rows.json("clicks", "{\"id\":1}");
            rows.row("clicks").set("id", 2);
          } catch (RuntimeException e) {
            throw new AssertionError("failures of files are not told to the user's code", e);
          }
        };

    assertThatThrownBy(() -> rows(outOfMemory, "x")).isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(() -> rows(interrupted, "x")).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> elements(catching).open(Records.INTERVAL).map("x", broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the upload has failed");
  }

  @Test
  void rowsAreMadeInTheirTurnOnly() throws RejectException {
    Row[] kept = new Row[1];
    TaskMapper<String> mapper =
        elements((text, rows) -> kept[0] = rows.row("clicks").set("id", 1)).open(Records.INTERVAL);
    mapper.map("x", new RecordingSink());

    assertThatThrownBy(() -> kept[0].set("id", 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rows are made while their record is mapped, not later");
  }

  @Test
  void elementsHaveNoShardToTellOf() {
    TableMapping table =
        table("t", ColumnMapping.of("s", ColumnType.parse("varchar(60)"), Metadata.SHARD));

    assertThatThrownBy(() -> ElementMapping.of(List.of(table), (text, rows) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column s of public.t: elements have no shard");
  }

  @Test
  void constantsAndMetadataFillThemselves() throws RejectException {
    TableMapping table =
        table(
            "t",
            column("id", "integer"),
            ColumnMapping.of("m", ColumnType.parse("bigint"), Metadata.MANIFEST_NUMBER));
    Mapping<String> mapping =
        ElementMapping.of(List.of(table), (text, rows) -> rows.row().set("id", text));

    assertThat(rows(mapping, "12")).containsExactly("public.t: int 12 | int 42");
    assertReject(
        ElementMapping.of(List.of(table), (text, rows) -> rows.row().set("m", text)),
        RejectReason.UNDECLARED,
        "table public.t fills column m by its settings");
  }

  @Test
  void aRecordMapperIsOpenedWithItsSettingsAndSeesTheWholeRecord() throws Exception {
    Mapping<SourceRecord> mapping =
        new MapperMapping(List.of(CLICKS), UpperCase.class.getName(), Map.of("column", "note"));

    Mapping<SourceRecord> shipped = shipped(mapping);

    assertThat(rows(shipped, record("abc"))).containsExactly("public.clicks: int 3 | 'ABC clicks'");
  }

  @Test
  void aMapperThatCannotBeOpenedFailsTheTask() {
    Mapping<SourceRecord> mapping =
        new MapperMapping(List.of(CLICKS), UpperCase.class.getName(), Map.of());

    assertThatThrownBy(() -> mapping.open(Records.INTERVAL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mapper " + UpperCase.class.getName() + " cannot be opened")
        .hasRootCauseMessage("column is not set");
  }

  /** A mapper such as users bring. */
  public static final class UpperCase implements RecordMapper {
    private String column;

    @Override
    public void open(Map<String, String> settings) {
      column = settings.get("column");
      if (column == null) {
        throw new IllegalArgumentException("column is not set");
      }
    }

    @Override
    public void map(StreamRecord record, Rows rows) {
      if (!record.data().isReadOnly()
          || !Arrays.equals(record.bytes(), record.text().getBytes(StandardCharsets.UTF_8))) {
        throw new IllegalStateException("not the record");
      }
      rows.row()
          .set("id", record.subSequenceNumber())
          .set(column, record.text().toUpperCase(java.util.Locale.ROOT) + " " + record.stream());
    }
  }

  private static int endless(int n) {
    // Never zero before the stack is full.
    return n == 0 ? 0 : endless(n + 1) + 1;
  }

  private static Mapping<String> elements(RowMapper<String> mapper) {
    return ElementMapping.of(List.of(CLICKS, LINES), mapper);
  }

  private static Mapping<Optional<Object>> single(String type) {
    return ElementMapping.of(
        List.of(table("t", column("c", type))),
        (value, rows) -> rows.row().set("c", value.orElse(null)));
  }

  private static void assertValue(String type, Object value, String written)
      throws RejectException {
    assertThat(rows(single(type), Optional.ofNullable(value)))
        .containsExactly("public.t: " + written);
  }

  private static void assertRefused(String type, Object value, RejectReason reason) {
    assertThatThrownBy(() -> rows(single(type), Optional.of(value)))
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.column()).isEqualTo("c");
            });
  }

  private static void assertReject(Mapping<String> mapping, RejectReason reason, String detail) {
    assertThatThrownBy(() -> rows(mapping, "x"))
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> {
              assertThat(e).hasMessage(detail);
              assertThat(e.reason()).isEqualTo(reason);
            });
  }

  @SuppressWarnings("unchecked") // it is what was written
  private static <T> Mapping<T> shipped(Mapping<T> mapping) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(mapping);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Mapping<T>) in.readObject();
    }
  }
}
