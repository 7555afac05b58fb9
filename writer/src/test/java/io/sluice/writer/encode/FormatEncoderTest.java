package io.sluice.writer.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.TableLayout.LayoutColumn;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatEncoderTest {
  private final RowBuffer out = new RowBuffer(4);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain|plain",
        "~~|\"\"",
        "a,b|\"a,b\"",
        "say \"hi\"|\"say \"\"hi\"\"\"",
        "\"|\"\"\"\"",
        " x|\" x\"",
        "x |\"x \"",
        "a\\b|a\\b",
        "ünï€😀|ünï€😀",
      })
  void csvQuotesWhatNeedsQuotes(String text, String field) {
    text(row(layout(Format.CSV, "varchar(99)")), text == null ? "" : text);

    assertThat(written()).isEqualTo(field + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "a\r\nb"})
  void csvQuotesLineEnds(String text) {
    text(row(layout(Format.CSV, "varchar(99)")), text);

    assertThat(written()).isEqualTo("\"" + text + "\"\n");
  }

  @Test
  void delimitedTextEscapesWhatHasAMeaning() {
    text(row(layout(Format.DELIMITED, "varchar(99)")), "a|b\\c\nd\re\"f' \t");

    assertThat(written()).isEqualTo("a\\|b\\\\c\\\nd\\\re\\\"f\\' \t\n");
  }

  @Test
  void jsonEscapesWhatJsonCannotHold() {
    text(row(layout(Format.JSON, "varchar(99)")), "\"\\\n\r\t\b\u001f€");

    assertThat(written()).isEqualTo("{\"c0\":\"\\\"\\\\\\n\\r\\t\\u0008\\u001f€\"}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CSV|\\N,true,-7,12.50,0001-01-01,2018-01-31 01:49:59.65,9999-12-31 23:59:59.999999+00,00ff,\"{\"\"a\"\":1}\"",
        "DELIMITED|\\N|true",
        "JSON|{\"c0\":null,\"c1\":true,\"c2\":-7,\"c3\":12.50,\"c4\":\"0001-01-01\",\"c5\":\"2018-01-31 01:49:59.65\",\"c6\":\"9999-12-31 23:59:59.999999+00\",\"c7\":\"00ff\",\"c8\":{\"a\":1}}",
      })
  void everyTypeHasItsText(Format format, String start) {
    RowEncoder row =
        row(
            layout(
                format,
                "varchar(9)",
                "boolean",
                "bigint",
                "decimal(9,2)",
                "date",
                "timestamp",
                "timestamptz",
                "varbyte(9)",
                "super"));
    row.nullValue();
    row.bool(true);
    row.number(-7);
    row.number(bytes("12.50"), 0, 5);
    row.date(LocalDate.of(1, 1, 1).toEpochDay());
    row.timestamp(1_517_363_399_650_000L);
    row.timestamp(253_402_300_799_999_999L);
    row.bytes(new byte[] {0, -1}, 0, 2);
    row.json(bytes("{\"a\":1}"), 0, 7);

    assertThat(written()).startsWith(start);
  }

  @Test
  void nullOfSuperIsLeftOutOfJson() {
    RowEncoder row = row(layout(Format.JSON, "super", "integer"));
    row.nullValue();
    row.number(1);

    assertThat(written()).isEqualTo("{\"c1\":1}\n");
  }

  @Test
  void datesAndTimesAreThoseOfTheCalendar() {
    Random random = new Random(7);
    DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    LocalDateTime first = LocalDateTime.of(1, 1, 1, 0, 0);
    long span = ChronoUnit.SECONDS.between(first, LocalDateTime.of(9999, 12, 31, 23, 59, 59));
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime time =
          first
              .plusSeconds((long) (random.nextDouble() * span))
              .plusNanos(random.nextInt(1_000_000) * 1000L);
      out.truncate(0);
      long micros = ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
      TimeText.timestamp(micros, out);
      String padded = written() + (micros % 1_000_000 == 0 ? "." : "");
      assertThat(String.format("%-26s", padded).replace(' ', '0'))
          .isEqualTo(form.format(time).replace(' ', '0'));
    }
  }

  @Test
  void everyDayFromTheFirstToTheLastIsItself() {
    LocalDate last = LocalDate.of(9999, 12, 31);
    for (LocalDate day = LocalDate.of(1, 1, 1); !day.isAfter(last); day = day.plusDays(1)) {
      out.truncate(0);
      TimeText.date(day.toEpochDay(), out);
      if (!written().equals(day.toString())) {
        assertThat(written()).isEqualTo(day.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        9,
        10,
        99,
        100,
        -100,
        12345,
        999_999_999_999L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void numbersAreWrittenInDecimalDigits(long number) {
    out.appendNumber(number);

    assertThat(written()).isEqualTo(Long.toString(number));
  }

  @Test
  void randomNumbersAreWrittenInDecimalDigits() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      out.truncate(0);
      out.appendNumber(number);
      assertThat(written()).isEqualTo(Long.toString(number));
    }
  }

  @Test
  void aRowThatLacksAValueIsRefused() {
    FormatEncoder row = encoder(layout(Format.CSV, "integer", "integer"));
    row.begin();
    row.number(1);

    assertThatThrownBy(row::end)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a row of public.t has 1 of 2 values");
  }

  @Test
  void aValueTooManyIsRefused() {
    FormatEncoder row = encoder(layout(Format.JSON, "integer"));
    row.begin();
    row.number(1);

    assertThatThrownBy(() -> row.number(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a row of public.t has more than 1 values");
  }

  @Test
  void aLineIsHandedThrough() {
    FormatEncoder row = encoder(layout(Format.CSV));
    row.begin();
    row.line(bytes("x,a b,\"c\""), 2, 9);
    row.end();

    assertThat(out.length()).isEqualTo(8);
    assertThat(new String(out.bytes(), 0, 8, StandardCharsets.UTF_8)).isEqualTo("a b,\"c\"\n");
  }

  @Test
  void tellsATextThatWouldBeReadAsNull() {
    TableLayout csv = layout(Format.CSV, "varchar(9)");
    TableLayout delimited = layout(Format.DELIMITED, "varchar(9)");
    TableLayout json = layout(Format.JSON, "varchar(9)");

    assertThat(csv.canHold(bytes("x\\N"), 1, 3)).isFalse();
    assertThat(csv.canHold(bytes("\\n"), 0, 2)).isTrue();
    assertThat(csv.canHold(bytes(""), 0, 0)).isTrue();
    assertThat(delimited.canHold(bytes("\\N"), 0, 2)).isFalse();
    assertThat(delimited.canHold(bytes(""), 0, 0)).isFalse();
    assertThat(json.canHold(bytes("\\N"), 0, 2)).isTrue();
  }

  @Test
  void refusesWhatAFormatCannotExpress() {
    assertThatThrownBy(() -> layout(Format.AVRO, "super"))
        .hasMessageContaining("super takes a text of Avro for a text, not for a document");
    assertThatThrownBy(() -> layout(Format.PARQUET))
        .hasMessage("rows of PARQUET cannot be handed through as they came");
    assertThatThrownBy(
            () -> layout(new FileFormat(Format.CSV, Compression.ZSTD, "ab", "\\N"), "date"))
        .hasMessageContaining("a delimiter is one ASCII character");
    assertThatThrownBy(
            () -> layout(new FileFormat(Format.CSV, Compression.ZSTD, ",", "a,b"), "date"))
        .hasMessageContaining("the text for NULL is of ASCII characters");
    assertThatThrownBy(
            () -> layout(new FileFormat(Format.AVRO, Compression.ZSTD, null, null), "date"))
        .hasMessage("COPY reads no AVRO in ZSTD: use one of [NONE, DEFLATE, SNAPPY]");
  }

  private RowEncoder row(TableLayout table) {
    FormatEncoder encoder = encoder(table);
    encoder.begin();
    current = encoder;
    return encoder;
  }

  private FormatEncoder current;

  private FormatEncoder encoder(TableLayout table) {
    return FormatEncoder.of(table, out);
  }

  private String written() {
    if (current != null) {
      current.end();
      current = null;
    }
    return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
  }

  private static void text(RowEncoder row, String text) {
    byte[] framed = bytes("<" + text + ">");
    row.text(framed, 1, framed.length - 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static TableLayout layout(Format format, String... types) {
    FileFormat file =
        switch (format) {
          case CSV -> new FileFormat(format, Compression.ZSTD, ",", "\\N");
          case DELIMITED -> new FileFormat(format, Compression.ZSTD, "|", "\\N");
          case JSON, AVRO, PARQUET -> new FileFormat(format, Compression.NONE, null, null);
        };
    return layout(file, types);
  }

  private static TableLayout layout(FileFormat format, String... types) {
    List<String> all = Arrays.asList(types);
    List<LayoutColumn> columns =
        java.util.stream.IntStream.range(0, all.size())
            .mapToObj(i -> new LayoutColumn("C" + i, ColumnType.parse(all.get(i))))
            .toList();
    return new TableLayout(TableName.parse("t"), columns, format, 0);
  }
}
