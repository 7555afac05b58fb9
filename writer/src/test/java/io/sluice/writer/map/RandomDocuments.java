package io.sluice.writer.map;

import static io.sluice.writer.map.Records.table;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.map.json.JsonPointers;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.value.ColumnMapping;
import io.sluice.writer.map.value.TimeForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Documents for {@link #TABLE}: some fit it, some do not, and some are none. */
public final class RandomDocuments {
  /** A column of every type, at places of every sort. */
  public static final TableMapping TABLE =
      table(
          "t",
          at("/small", "smallint"),
          at("/int", "integer"),
          at("/big", "bigint"),
          at("/dec", "decimal(9,3)"),
          at("/whole", "decimal(38,0)"),
          at("/real", "real"),
          at("/double", "double precision"),
          at("/flag", "boolean"),
          at("/code", "char(8)"),
          at("/text", "varchar(40)"),
          at("/héé", "varchar(12)"),
          at("/a~1b", "varchar(12)"),
          at("/day", "date"),
          at("/at", "timestamp"),
          at("/tz", "timestamptz"),
          at("/s", "timestamp").in(TimeForm.EPOCH_S),
          at("/ms", "timestamptz").in(TimeForm.EPOCH_MS),
          at("/us", "date").in(TimeForm.EPOCH_US),
          at("/hex", "varbyte(8)"),
          at("/doc", "super"),
          at("/nested/x", "integer"),
          at("/nested/y/0", "varchar(12)"),
          at("/nested", "super"),
          at("/0", "varchar(12)"));

  private static final String[] NAMES =
      TABLE.columns().stream()
          .map(column -> JsonPointers.segments(column.pointer()).get(0))
          .distinct()
          .toArray(String[]::new);

  private final Random random;

  public RandomDocuments(Random random) {
    this.random = random;
  }

  byte[] next() {
    byte[] document = wellFormed();
    return random.nextInt(3) == 0 ? broken(document) : document;
  }

  public byte[] wellFormed() {
    StringBuilder json = new StringBuilder();
    if (random.nextInt(30) == 0) {
      array(json, 2);
    } else {
      object(json);
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void object(StringBuilder json) {
    json.append(space()).append('{').append(space());
    boolean fitting = random.nextInt(4) > 0;
    List<String> names = new ArrayList<>(Arrays.asList(NAMES));
    names.removeIf(name -> random.nextInt(4) == 0);
    names.add("other" + random.nextInt(9));
    if (random.nextInt(20) == 0) {
      names.add(names.get(random.nextInt(names.size())));
    }
    if (random.nextBoolean()) {
      java.util.Collections.shuffle(names, random);
    }
    for (int i = 0; i < names.size(); i++) {
      json.append(i == 0 ? "" : ",").append(space());
      name(json, names.get(i));
      json.append(space()).append(':').append(space());
      if (fitting) {
        fitting(json, names.get(i));
      } else {
        value(json, 3);
      }
      json.append(space());
    }
    json.append('}').append(space());
  }

  private void name(StringBuilder json, String name) {
    if (random.nextInt(60) == 0) {
      json.append("\"\\u%04x".formatted((int) name.charAt(0))).append(name, 1, name.length());
      json.append('"');
    } else {
      json.append('"').append(name).append('"');
    }
  }

  private void fitting(StringBuilder json, String name) {
    if (random.nextInt(150) == 0) {
      value(json, 2);
      return;
    }
    if (random.nextInt(12) == 0) {
      json.append("null");
      return;
    }
    switch (name) {
      case "small", "int", "big" -> json.append(random.nextInt(60_000) - 30_000);
      case "dec" -> json.append(random.nextInt(999)).append(random.nextBoolean() ? "" : ".125");
      case "whole" -> json.append(random.nextLong() >>> 1);
      case "real", "double" -> json.append(random.nextDouble());
      case "flag" -> json.append(pick("true", "false", "0", "1", "\"yes\"", "\"N\""));
      case "code" -> json.append(pick("\"abc\"", "\"\"", "\"A-12345\"", "12"));
      case "day", "at", "tz" ->
          json.append("\"")
              .append(pick("2018-01-31", "1969-12-31", "2024-02-29", "0001-01-01", "9999-12-31"))
              .append(pick("", "T12:34:56", "T23:59:59.5", " 00:00:00.123456789", "T07:08:09.25"))
              .append('"');
      case "s" -> json.append(random.nextInt(2_000_000_000));
      case "ms" -> json.append(random.nextInt(2_000_000_000)).append("123");
      case "us" -> json.append(random.nextInt(2_000_000_000)).append("123456");
      case "hex" -> json.append(pick("\"00ff\"", "\"\"", "\"ABcd0123\""));
      case "nested" ->
          json.append("{\"x\":").append(random.nextInt(9)).append(",\"y\":[\"z\",{}]}");
      default -> text(json, 5);
    }
  }

  private void value(StringBuilder json, int depth) {
    switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> json.append(pick("true", "false", "null"));
      case 1, 2 -> number(json);
      case 3 -> time(json);
      case 4 -> {
        json.append('"');
        number(json);
        json.append('"');
      }
      case 5, 6 -> text(json, 12);
      case 7 -> array(json, depth);
      default -> {
        json.append('{').append(space());
        for (int i = random.nextInt(3); i > 0; i--) {
          name(json, pick("x", "y", "k" + i));
          json.append(':');
          value(json, depth - 1);
          json.append(i > 1 ? "," : "");
        }
        json.append('}');
      }
    }
  }

  private void array(StringBuilder json, int depth) {
    json.append('[').append(space());
    for (int i = random.nextInt(4); i > 0; i--) {
      value(json, depth - 1);
      json.append(i > 1 ? "," : "").append(space());
    }
    json.append(']');
  }

  private void number(StringBuilder json) {
    json.append(random.nextInt(3) == 0 ? "-" : "");
    switch (random.nextInt(4)) {
      case 0 -> json.append(pick("0", "1", "32767", "32768", "2147483648", "9223372036854775808"));
      case 1 -> json.append(random.nextInt(1_000_000));
      case 2 -> json.append(random.nextLong() >>> (1 + random.nextInt(63)));
      default -> json.append(random.nextInt(10)).append(random.nextInt(100_000));
    }
    if (random.nextInt(3) == 0) {
      json.append('.').append(pick("0", "5", "000", "125", "1234567890123"));
    }
    if (random.nextInt(6) == 0) {
      json.append(pick("e", "E")).append(pick("", "+", "-")).append(pick("0", "2", "40", "400"));
    }
  }

  private void time(StringBuilder json) {
    json.append('"');
    json.append(pick("2018", "1969", "2000", "1900", "0001", "0000", "9999", "2024", "+12018"));
    json.append(pick("-", "-", "-", "/"));
    json.append(pick("01", "02", "12", "13", "06", "00")).append('-');
    json.append(pick("01", "28", "29", "30", "31", "32", "00", "1"));
    if (random.nextInt(4) > 0) {
      json.append(pick("T", "T", " ", "t", "", "  "));
      json.append(pick("00", "23", "24", "12", "1")).append(':');
      json.append(pick("00", "59", "60"));
      if (random.nextInt(5) > 0) {
        json.append(':').append(pick("00", "59", "60", "07"));
        json.append(pick("", ".", ".5", ".123456", ".1234567", ".999999999", ".1234567890", ",5"));
      }
      json.append(
          pick("", "Z", "z", "+02", "-0230", "+05:30", "-18:00", "+19:00", " Z", "+2", "-00:00"));
    }
    json.append('"');
  }

  private void text(StringBuilder json, int pieces) {
    json.append('"');
    for (int i = random.nextInt(pieces); i > 0; i--) {
      json.append(
          pick(
              "abc",
              "x",
              " ",
              "é",
              "漢",
              "😀",
              "0123456789",
              "\u007f",
              "\u0080",
              "'",
              ",",
              "/",
              random.nextInt(6) > 0 ? "-" : pick("\\n", "\\\"", "\\\\", "\\/", "\\u00e9"),
              random.nextInt(20) > 0
                  ? "y"
                  : pick("\\u0000", "\\ud83d\\ude00", "\\ud83d", "\\udc00", "\\\\N")));
    }
    json.append('"');
  }

  private String space() {
    return random.nextInt(8) > 0 ? "" : pick(" ", "\n", "\t ", "\r\n");
  }

  /** Bytes are changed, lost, added and turned round. */
  private byte[] broken(byte[] document) {
    byte[] bytes = document.clone();
    for (int i = 1 + random.nextInt(2); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "{}[]\",:\\ue0-+.tfn \n".charAt(random.nextInt(19));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> {
          byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
          System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
          bytes = shorter;
        }
        case 4 -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
          longer[bytes.length] = (byte) "} x\0\"]".charAt(random.nextInt(6));
          bytes = longer;
        }
        default -> bytes[at] = (byte) (0x80 | random.nextInt(128));
      }
    }
    return bytes;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static ColumnMapping at(String pointer, String type) {
    String name = "c" + Integer.toHexString(pointer.hashCode());
    return ColumnMapping.at(pointer, name, ColumnType.parse(type));
  }
}
