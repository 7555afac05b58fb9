package io.sluice.stack.redshift.copy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random rows, and the files that hold them, by the documented rules of each format of text. */
public final class FuzzFiles {
  /** How a file is written, with the options of the COPY that reads it. */
  public enum Format {
    CSV("csv"),
    DELIMITED("delimiter '|' escape"),
    JSON("json 'auto'");

    private final String options;

    Format(String options) {
      this.options = options;
    }

    /** The options of COPY. */
    public String options() {
      return options;
    }
  }

  private final Random random;
  private final Format format;
  private final List<FuzzType> types = new ArrayList<>();
  private final List<List<FuzzValue>> rows = new ArrayList<>();

  /** Makes rows of random columns, which begin with one that numbers them. */
  public FuzzFiles(long seed, Format format, int rowCount) {
    this.random = new Random(seed);
    this.format = format;
    types.addAll(Arrays.asList(FuzzType.values()));
    Collections.shuffle(types, random);
    for (int i = 0; i < rowCount; i++) {
      List<FuzzValue> row = new ArrayList<>();
      row.add(FuzzValue.bare(Integer.toString(i), Integer.toString(i)));
      types.forEach(type -> row.add(value(type)));
      rows.add(row);
    }
    types.add(0, FuzzType.INTEGER);
  }

  /** The types of the columns, which are named c0, c1 ... */
  public List<FuzzType> types() {
    return types;
  }

  /** Where the rows that came out, in order, are not the rows of the file; null is NULL. */
  public List<String> differences(List<List<String>> actual) {
    List<String> differences = new ArrayList<>();
    if (actual.size() != rows.size()) {
      differences.add(actual.size() + " rows, not " + rows.size());
    }
    for (int row = 0; row < Math.min(rows.size(), actual.size()); row++) {
      for (int i = 0; i < types.size(); i++) {
        String wanted = rows.get(row).get(i).expected();
        String got = actual.get(row).get(i);
        boolean oneIsNull = wanted == null || got == null;
        boolean same =
            oneIsNull ? (wanted == null) == (got == null) : types.get(i).isSame(wanted, got);
        if (!same) {
          differences.add("row %d: %s, not %s as %s".formatted(row, got, wanted, types.get(i)));
        }
      }
    }
    return differences;
  }

  /** The file. */
  public byte[] file() {
    return file(rows);
  }

  private byte[] file(List<List<FuzzValue>> rows) {
    StringBuilder file = new StringBuilder();
    for (List<FuzzValue> row : rows) {
      switch (format) {
        case CSV ->
            file.append(String.join(",", row.stream().map(this::csv).toList())).append(lineEnd());
        case DELIMITED ->
            file.append(String.join("|", row.stream().map(this::delimited).toList()))
                .append(random.nextInt(9) == 0 ? "|" : "")
                .append(lineEnd());
        case JSON -> json(row, file);
      }
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The file with some bytes changed, added and taken away, and with values in columns of other
   * types.
   */
  public byte[] mutated() {
    List<List<FuzzValue>> mixed = new ArrayList<>();
    for (List<FuzzValue> row : rows) {
      List<FuzzValue> values = new ArrayList<>(row);
      if (random.nextInt(4) == 0) {
        Collections.swap(values, random.nextInt(values.size()), random.nextInt(values.size()));
      }
      mixed.add(values);
    }
    byte[] file = file(mixed);
    int changes = 1 + random.nextInt(12);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(file.length);
      byte[] special = "\",|\\\n\r{}[]:0-N \0".getBytes(StandardCharsets.ISO_8859_1);
      byte next =
          random.nextBoolean() ? special[random.nextInt(special.length)] : (byte) random.nextInt();
      switch (random.nextInt(3)) {
        case 0 -> file[at] = next;
        case 1 -> {
          byte[] longer = Arrays.copyOf(file, file.length + 1);
          System.arraycopy(file, at, longer, at + 1, file.length - at);
          longer[at] = next;
          file = longer;
        }
        default -> System.arraycopy(file, at + 1, file, at, file.length - at - 1);
      }
    }
    return file;
  }

  private FuzzValue value(FuzzType type) {
    if (random.nextInt(7) == 0) {
      return FuzzValue.NULL;
    }
    FuzzValue value = type.random(random);
    // With ESCAPE, \N and \\N are NULL both: the text itself cannot be written.
    return "\\N".equals(value.written()) ? FuzzValue.NULL : value;
  }

  private String lineEnd() {
    return random.nextBoolean() ? "\n" : "\r\n";
  }

  private String csv(FuzzValue value) {
    if (value.written() == null) {
      return "\\N";
    }
    String text = value.written();
    boolean needsQuotes = text.chars().anyMatch(c -> ",\"\n\r".indexOf(c) >= 0);
    if (!needsQuotes && random.nextInt(3) > 0) {
      return text;
    }
    String blank = random.nextInt(5) == 0 ? " " : "";
    return blank + '"' + text.replace("\"", "\"\"") + '"' + blank;
  }

  private String delimited(FuzzValue value) {
    if (value.written() == null) {
      return random.nextBoolean() ? "\\N" : "\\\\N";
    }
    StringBuilder text = new StringBuilder();
    value
        .written()
        .codePoints()
        .forEach(
            c -> {
              boolean special = "\\|\n\r".indexOf(c) >= 0;
              if (special || (c != 'N' && random.nextInt(20) == 0)) {
                text.append('\\');
              }
              text.appendCodePoint(c);
            });
    return text.toString();
  }

  private void json(List<FuzzValue> row, StringBuilder file) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (row.get(i).written() != null || random.nextBoolean()) {
        order.add(i);
      }
    }
    Collections.shuffle(order, random);
    file.append('{');
    String comma = "";
    for (int column : order) {
      FuzzValue value = row.get(column);
      file.append(comma).append(blank()).append("\"c").append(column).append("\"").append(blank());
      file.append(':').append(blank());
      file.append(
          value.written() == null
              ? "null"
              : value.isBare() ? value.written() : jsonString(value.written(), random));
      comma = blank() + ",";
    }
    file.append(blank()).append('}').append(blank());
  }

  private String blank() {
    String[] blanks = {"", "", " ", "\n", "\t \r\n"};
    return blanks[random.nextInt(blanks.length)];
  }

  /** A string of JSON, escaped where it must be and now and then elsewhere. */
  static String jsonString(String text, Random random) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else if (c < ' ' || (random.nextInt(9) == 0 && !Character.isSurrogate(c))) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
