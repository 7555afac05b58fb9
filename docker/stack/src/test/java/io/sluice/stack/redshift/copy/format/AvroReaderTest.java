package io.sluice.stack.redshift.copy.format;

import static io.sluice.stack.redshift.copy.format.AvroCase.file;
import static io.sluice.stack.redshift.copy.format.AvroCase.record;
import static io.sluice.stack.redshift.copy.format.AvroCase.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AvroReaderTest extends FormatCase {
  private static final List<TargetColumn> ID_NAME = columns("id integer", "name text");
  private static final Schema PERSON =
      schema(
          """
          {"type": "record", "name": "person", "fields": [
            {"name": "name", "type": ["null", "string"]},
            {"name": "id", "type": "int"},
            {"name": "other", "type": {"type": "map", "values": "long"}}]}""");

  static Stream<CodecFactory> codecs() {
    return Stream.of(CodecFactory.nullCodec(), CodecFactory.deflateCodec(6), new AvroCase.Snappy());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void matchesFieldsByNameInEachCodec(CodecFactory codec) throws Exception {
    GenericRecord[] people = new GenericRecord[100];
    for (int i = 0; i < people.length; i++) {
      people[i] = record(PERSON, i % 3 == 0 ? null : "né " + i, i, Map.of("x", 1L));
    }

    List<String> rows = rows(reader("avro 'auto'", ID_NAME, file(PERSON, codec, people)));

    assertThat(rows).hasSize(100).startsWith("0¦<null>", "1¦né 1", "2¦né 2").endsWith("99¦<null>");
  }

  @Test
  void leavesAColumnWithoutAFieldNull() throws Exception {
    byte[] file = file(PERSON, CodecFactory.nullCodec(), record(PERSON, "a", 1, Map.of()));

    assertThat(rows(reader("avro", columns("id integer", "more text"), file)))
        .containsExactly("1¦<null>");
  }

  @Test
  void mindsTheCaseOfNamesUnlessToldNotTo() throws Exception {
    Schema schema = one("Id", "\"int\"");
    byte[] file = file(schema, CodecFactory.nullCodec(), record(schema, 7));

    assertThat(rows(reader("avro 'auto'", columns("id integer"), file))).containsExactly("<null>");
    assertThat(rows(reader("avro 'auto ignorecase'", columns("id integer"), file)))
        .containsExactly("7");
  }

  static Stream<List<Object>> values() {
    byte[] decimal = BigInteger.valueOf(65).toByteArray();
    Schema suit =
        schema("{\"type\":\"enum\",\"name\":\"suit\",\"symbols\":[\"HEARTS\",\"CLUBS\"]}");
    Schema fixed = schema("{\"type\":\"fixed\",\"name\":\"two\",\"size\":2}");
    Schema point =
        schema(
            "{\"type\":\"record\",\"name\":\"point\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}");
    return Stream.of(
        List.of("\"boolean\"", true, "true"),
        List.of("\"int\"", Integer.MIN_VALUE, "-2147483648"),
        List.of("\"long\"", Long.MIN_VALUE, "-9223372036854775808"),
        List.of("\"float\"", 1.5f, "1.5"),
        List.of("\"double\"", Double.NaN, "NaN"),
        List.of("\"double\"", -1e300, "-1.0E300"),
        List.of("\"string\"", "a\"\\\n\u0001é😀", "a\"\\\n\u0001é😀"),
        List.of(suit.toString(), new GenericData.EnumSymbol(suit, "CLUBS"), "CLUBS"),
        List.of("\"bytes\"", ByteBuffer.wrap(new byte[] {'a', (byte) 0xE9}), "aé"),
        List.of(fixed.toString(), new GenericData.Fixed(fixed, new byte[] {'o', 'k'}), "ok"),
        List.of("[\"null\", \"long\", \"string\"]", "text", "text"),
        // Logical types load as their base types: dates are days, decimals their bytes.
        List.of("{\"type\":\"int\",\"logicalType\":\"date\"}", 20_454, "20454"),
        List.of(
            "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}",
            1_767_323_045_000L,
            "1767323045000"),
        List.of(
            "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2}",
            ByteBuffer.wrap(decimal),
            "A"),
        List.of(
            "{\"type\":\"array\",\"items\":[\"null\",\"int\"]}",
            Arrays.asList(1, null),
            "[1,null]"),
        List.of("{\"type\":\"map\",\"values\":\"string\"}", Map.of("k", "v"), "{\"k\":\"v\"}"),
        List.of(point.toString(), record(point, 3), "{\"x\":3}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void readsEachType(List<Object> value) throws Exception {
    Schema schema = one("c", value.get(0).toString());
    byte[] file = file(schema, CodecFactory.nullCodec(), record(schema, value.get(1)));

    assertThat(rows(reader("avro", columns("c text"), file)))
        .containsExactly(value.get(2).toString());
  }

  @Test
  void looksIntoRecordsByPath() throws Exception {
    Schema schema =
        schema(
            """
        {"type": "record", "name": "r", "fields": [
          {"name": "Id", "type": "int"},
          {"name": "in", "type": {"type": "record", "name": "in", "fields": [
            {"name": "list", "type": {"type": "array", "items": "string"}}]}}]}""");
    Schema in = schema.getField("in").schema();
    objects.put("paths", "{\"jsonpaths\": [\"$.Id\", \"$.in.list[1]\", \"$.in\"]}");

    byte[] file =
        file(
            schema,
            CodecFactory.nullCodec(),
            record(schema, 1, record(in, List.of("a", "b"))),
            record(schema, 2, record(in, List.of("a"))),
            record(schema, 3, record(in, List.of("c", "d"))));

    assertThat(
            rows(
                reader(
                    "avro 's3://lake/paths'",
                    columns("id integer", "second text", "whole jsonb"),
                    file)))
        .containsExactly(
            "1¦b¦{\"list\":[\"a\",\"b\"]}",
            "1216: Invalid JSONPath format: Not an array or index out of range.",
            "3¦d¦{\"list\":[\"c\",\"d\"]}");
  }

  @Test
  void refusesAFileWithoutRecordsAsRedshiftDoes() throws Exception {
    byte[] file = file(PERSON, CodecFactory.nullCodec());

    assertRefused(file, "Invalid AVRO file found. Unexpected end of AVRO file.");
  }

  @Test
  void refusesWhatIsNoAvro() {
    assertRefused(
        "id,name\n1,a\n".getBytes(StandardCharsets.UTF_8),
        "Invalid AVRO file found. It does not begin as an AVRO file.");
    assertRefused(new byte[0], "Invalid AVRO file found. Unexpected end of AVRO file.");
  }

  @Test
  void refusesASchemaThatIsNoRecord() throws Exception {
    assertRefused(
        container("\"int\"", "null", 1, new byte[] {2}),
        "Invalid AVRO file found. The schema type must be record.");
    assertThatThrownBy(() -> readAll(container("{\"type\":", "null", 1, new byte[] {2})))
        .hasMessageStartingWith("Invalid AVRO file found. The schema cannot be read:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bzip2", "xz", "zstandard"})
  void refusesOtherCodecs(String codec) throws Exception {
    assertRefused(
        container(PERSON.toString(), codec, 1, new byte[] {2}),
        "Invalid AVRO file found. The codec is not supported: " + codec);
  }

  @Test
  void believesNoLengthOrCountThatABlockClaims() throws Exception {
    String nulls = one("n", "{\"type\":\"array\",\"items\":\"null\"}").toString();
    String nothing = one("n", "\"null\"").toString();
    String text = one("n", "\"string\"").toString();
    byte[] huge = {(byte) 0xFE, -1, -1, -1, -1, -1, -1, -1, 127, 0};

    assertRefused(
        container(nulls, "null", 1, huge),
        "Invalid AVRO file found. A record is larger than 4 MB or nested too deeply.");
    assertRefused(
        container(nothing, "null", 1L << 40, new byte[0]),
        "Invalid AVRO file found. A data block has not as many records as it says.");
    assertRefused(
        container(text, "null", 1, huge), "Invalid AVRO file found. Unexpected end of AVRO file.");
  }

  @Test
  void refusesARecordNestedWithoutEnd() throws Exception {
    String schema =
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"r\",\"type\":[\"null\",\"r\"]}]}";
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 2);

    assertThatThrownBy(
            () -> rows(reader("avro", columns("r text"), container(schema, "null", 1, deep))))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void endsInADocumentedErrorWhereverTheFileIsCut() throws Exception {
    byte[] file = people(CodecFactory.deflateCodec(6));
    int whole = readAll(file);

    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        assertThat(readAll(cut)).isLessThan(whole);
      } catch (BadFileException e) {
        assertThat(e.refusal().code()).isEqualTo(1216);
        assertThat(e).hasMessage("Invalid AVRO file found. Unexpected end of AVRO file.");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void survivesMutatedBytes(CodecFactory codec) throws Exception {
    byte[] file = people(codec);
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] mutated = file.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try {
        readAll(mutated);
      } catch (BadFileException e) {
        assertThat(e.refusal().code()).isEqualTo(1216);
        refused++;
      }
    }

    assertThat(refused).isGreaterThan(500);
  }

  private static byte[] people(CodecFactory codec) throws IOException {
    GenericRecord[] people = new GenericRecord[20];
    Arrays.setAll(people, i -> record(PERSON, "name " + i, i, Map.of("x", 1L)));
    return file(PERSON, codec, people);
  }

  private int readAll(byte[] file) throws Exception {
    return rows(reader("avro", ID_NAME, file)).size();
  }

  private void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> readAll(file))
        .isInstanceOf(BadFileException.class)
        .hasMessage(message);
  }

  private static Schema one(String field, String type) {
    return schema(
        "{\"type\":\"record\",\"name\":\"one\",\"fields\":[{\"name\":\"%s\",\"type\":%s}]}"
            .formatted(field, type));
  }

  /** A file written by hand, with one block of these bytes. */
  private static byte[] container(String schema, String codec, long count, byte[] block)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {'O', 'b', 'j', 1});
    number(file, 2);
    for (String text : List.of("avro.schema", schema, "avro.codec", codec)) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      number(file, utf8.length);
      file.write(utf8);
    }
    number(file, 0);
    file.write(new byte[16]);
    number(file, count);
    number(file, block.length);
    file.write(block);
    file.write(new byte[16]);
    return file.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, long value) {
    long left = (value << 1) ^ (value >> 63);
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
