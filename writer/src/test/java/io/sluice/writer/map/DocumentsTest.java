package io.sluice.writer.map;

import static io.sluice.writer.map.Records.column;
import static io.sluice.writer.map.Records.mapping;
import static io.sluice.writer.map.Records.record;
import static io.sluice.writer.map.Records.rows;
import static io.sluice.writer.map.Records.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.map.value.ColumnMapping;
import io.sluice.writer.source.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What records may be as a whole. */
class DocumentsTest {
  private final Mapping<SourceRecord> mapping =
      mapping(table("t", column("a", "integer"), column("doc", "super")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | NOT_JSON",
        "{} {} | NOT_JSON",
        "{\"a\":1}x | NOT_JSON",
        "[1, | NOT_JSON",
        "12 | NOT_JSON",
        "\"text\" | NOT_JSON",
        "{\"a\":01} | NOT_JSON",
        "{\"a\":+1} | NOT_JSON",
        "{\"a\":1.} | NOT_JSON",
        "{\"a\":NaN} | NOT_JSON",
        "{'a':1} | NOT_JSON",
        "{\"a\":1,} | NOT_JSON",
        "{\"other\":\"\\x\"} | NOT_JSON",
        "{\"other\":\"\u0001\"} | NOT_JSON",
        "/**/{} | NOT_JSON",
        "~~ | EMPTY",
        "~ \n~ | EMPTY",
        "~\ufeff~ | EMPTY"
      })
  void refusesWhatIsNotOneJsonDocument(String record, RejectReason reason) {
    assertReject(record.getBytes(StandardCharsets.UTF_8), reason);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheDocument() throws RejectException {
    assertThat(rows(mapping, record("\ufeff{\"a\":1}"))).containsExactly("public.t: int 1 | NULL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void takesNoOtherEncodingThanUtf8(String charset) {
    byte[] data = "{\"a\":1}".getBytes(Charset.forName(charset));

    assertThatThrownBy(() -> rows(mapping, record(data)))
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> assertThat(e.reason()).isIn(RejectReason.NOT_JSON, RejectReason.NOT_UTF8));
  }

  @ParameterizedTest
  @CsvSource({"c328, 10", "c0af, 10", "eda080, 10", "f4908080, 10", "ff, 10", "e282, 10"})
  void refusesWhatIsNotUtf8EvenWhereNoColumnLooks(String hex, int place) {
    byte[] bad = java.util.HexFormat.of().parseHex(hex);
    byte[] data = new byte[12 + bad.length];
    System.arraycopy("{\"other\":\"".getBytes(StandardCharsets.US_ASCII), 0, data, 0, 10);
    System.arraycopy(bad, 0, data, 10, bad.length);
    data[data.length - 2] = '"';
    data[data.length - 1] = '}';

    assertThatThrownBy(() -> rows(mapping, record(data)))
        .hasMessage("byte " + place + " of the record is not UTF-8");
  }

  @Test
  void depthIsBoundedAndStopsNothing() throws RejectException {
    String thousand = "[".repeat(999) + "]".repeat(999);

    assertThat(rows(mapping, record("{\"doc\":" + thousand + "}")).get(0)).contains(thousand);
    assertReject(
        ("{\"doc\":[" + thousand + "]}").getBytes(StandardCharsets.UTF_8), RejectReason.TOO_DEEP);
    assertReject("[".repeat(10 << 20).getBytes(StandardCharsets.UTF_8), RejectReason.TOO_DEEP);
    assertReject("{\"x\":".repeat(2 << 20).getBytes(StandardCharsets.UTF_8), RejectReason.TOO_DEEP);
  }

  @Test
  void recordsOfTheLargestSizeAreTaken() throws RejectException {
    String text = "a".repeat((10 << 20) - 100);

    assertThat(rows(mapping, record("{\"doc\":\"" + text + "\",\"a\":7}")).get(0))
        .startsWith("public.t: int 7 | super \"aaa")
        .hasSizeGreaterThan(text.length());
    assertReject(
        ("{\"a\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8), RejectReason.OUT_OF_RANGE);
  }

  @Test
  void namesThatNobodyKnowsAreNotKept() throws RejectException {
    Random random = new Random(1);
    StringBuilder json = new StringBuilder("{\"\\u0061\":1");
    for (int i = 0; i < 50_000; i++) {
      json.append(",\"").append(Long.toHexString(random.nextLong())).append("\":0");
    }

    assertThat(rows(mapping, record(json.append("}").toString())))
        .containsExactly("public.t: int 1 | NULL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"\\u0061\":3}", "{\"a\":{},\"a\":1}"})
  void aNameThatAColumnAsksForStandsOnce(String record) {
    assertReject(record.getBytes(StandardCharsets.UTF_8), RejectReason.DUPLICATE_KEY);
  }

  @Test
  void otherNamesMayStandTwice() throws RejectException {
    assertThat(rows(mapping, record("{\"x\":1,\"a\":2,\"x\":{\"a\":3,\"a\":4}}")))
        .containsExactly("public.t: int 2 | NULL");
  }

  @Test
  void aNameAboveAColumnsPlaceStandsOnceToo() {
    Mapping<SourceRecord> deep =
        mapping(table("t", ColumnMapping.at("/x/y", "c", ColumnType.parse("integer"))));

    assertThatThrownBy(() -> rows(deep, record("{\"x\":{\"y\":1},\"x\":{}}")))
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(RejectReason.DUPLICATE_KEY);
              assertThat(e.column()).isEqualTo("c");
            });
  }

  @Test
  void readsPlacesOfEverySort() throws RejectException {
    Mapping<SourceRecord> places =
        mapping(
            table(
                "t",
                at("", "whole", "super"),
                at("/", "empty", "integer"),
                at("/a~1b/c~0d", "escaped", "integer"),
                at("/list/1", "second", "integer"),
                at("/list/01", "none", "integer"),
                at("/list/-", "end", "integer"),
                at("/obj/1", "name", "integer"),
                at("/q\"\\", "quote", "integer")));
    String record = "{\"\":1,\"a/b\":{\"c~d\":2},\"list\":[9,3],\"obj\":{\"1\":4},\"q\\\"\\\\\":5}";

    assertThat(rows(places, record(record)))
        .containsExactly(
            "public.t: super " + record + " | int 1 | int 2 | int 3 | NULL | NULL | int 4 | int 5");
  }

  @Test
  void readsOnlyWhatIsBetweenPositionAndLimit() throws RejectException {
    ByteBuffer buffer = ByteBuffer.wrap("{\"a\":9}{\"a\":12}3}".getBytes(StandardCharsets.UTF_8));
    buffer.position(7).limit(15);

    assertThat(rows(mapping, record(buffer.slice(), "key")))
        .containsExactly("public.t: int 12 | NULL");
    assertThat(rows(mapping, record(buffer.asReadOnlyBuffer(), "key")))
        .containsExactly("public.t: int 12 | NULL");
  }

  private static ColumnMapping at(String pointer, String name, String type) {
    return ColumnMapping.at(pointer, name, ColumnType.parse(type));
  }

  private void assertReject(byte[] record, RejectReason reason) {
    assertThatThrownBy(() -> rows(mapping, record(record)))
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.getMessage()).hasSizeLessThan(600);
            });
  }
}
