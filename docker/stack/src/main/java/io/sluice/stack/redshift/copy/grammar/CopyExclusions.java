package io.sluice.stack.redshift.copy.grammar;

import io.sluice.stack.redshift.copy.grammar.CopyOptions.FieldNames;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Format;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which options of COPY exclude each other, and which the stand-in does not carry out. Source:
 * "Data format parameters", "COPY from columnar data formats", "COPY from Amazon S3" and "Data load
 * operations" of the Redshift Database Developer Guide.
 */
final class CopyExclusions {
  /** What the guide says cannot go with a format of text. */
  private static final Map<Format, List<String>> EXCLUDED =
      Map.of(
          Format.DELIMITED,
          List.of("QUOTE"),
          Format.CSV,
          List.of("ESCAPE", "REMOVEQUOTES"),
          Format.FIXEDWIDTH,
          List.of("DELIMITER", "QUOTE", "ESCAPE"),
          Format.SHAPEFILE,
          List.of("ESCAPE", "REMOVEQUOTES", "QUOTE"),
          Format.JSON,
          List.of(
              "DELIMITER",
              "QUOTE",
              "ESCAPE",
              "FILLRECORD",
              "IGNOREBLANKLINES",
              "NULL",
              "REMOVEQUOTES"),
          Format.AVRO,
          List.of(
              "DELIMITER",
              "QUOTE",
              "ESCAPE",
              "FILLRECORD",
              "IGNOREBLANKLINES",
              "NULL",
              "REMOVEQUOTES"));

  /** The only options that COPY from a columnar format takes. */
  private static final Set<String> COLUMNAR =
      Set.of(
          "FORMAT",
          "PARQUET",
          "ORC",
          "ACCEPTINVCHARS",
          "FILLRECORD",
          "IAM_ROLE",
          "CREDENTIALS",
          "STATUPDATE",
          "MANIFEST",
          "ACCESS_KEY_ID",
          "SECRET_ACCESS_KEY",
          "SESSION_TOKEN",
          "EXPLICIT_IDS",
          "SERIALIZETOJSON");

  /** Parsed, and refused by name: options as they are written. */
  private static final List<String> ABSENT = List.of("LZOP", "ENCRYPTED");

  private static final Set<Format> PRESENT =
      Set.of(Format.CSV, Format.DELIMITED, Format.JSON, Format.AVRO, Format.PARQUET);

  private final CopyOptions options;
  private final Map<String, Token> given;

  CopyExclusions(CopyOptions options, Map<String, Token> given) {
    this.options = options;
    this.given = given;
  }

  void check() {
    if (options.format().isColumnar()) {
      checkColumnar();
    } else {
      checkText();
    }
    for (String name : List.of("SSH", "READRATIO")) {
      if (given.containsKey(name)) {
        throw at(name, name + " is not supported for COPY from Amazon S3");
      }
    }
    if (given.containsKey("IGNOREALLERRORS") && given.containsKey("MAXERROR")) {
      throw at("IGNOREALLERRORS", "MAXERROR is not compatible with IGNOREALLERRORS");
    }
    if (given.containsKey("MASTER_SYMMETRIC_KEY")
        && (!given.containsKey("ENCRYPTED") || given.containsKey("CREDENTIALS"))) {
      throw at(
          "MASTER_SYMMETRIC_KEY", "MASTER_SYMMETRIC_KEY needs ENCRYPTED and excludes CREDENTIALS");
    }
    checkPresence();
  }

  private void checkText() {
    if (given.containsKey("SERIALIZETOJSON")) {
      throw at(
          "SERIALIZETOJSON",
          "SERIALIZETOJSON argument is only supported for PARQUET and ORC based COPY");
    }
    for (String name : EXCLUDED.getOrDefault(options.format(), List.of())) {
      if (given.containsKey(name)) {
        String shown = name.equals("NULL") ? "NULL AS" : name;
        throw at(
            name,
            options.format() == Format.DELIMITED
                ? shown + " is only compatible with CSV"
                : options.format() + " is not compatible with " + shown);
      }
    }
    if (options.format() == Format.CSV
        && options.delimiter().equals(String.valueOf(options.quote()))) {
      throw at(
          given.containsKey("QUOTE") ? "QUOTE" : "DELIMITER", "DELIMITER and QUOTE must differ");
    }
  }

  private void checkColumnar() {
    for (String name : given.keySet()) {
      if (!COLUMNAR.contains(name)) {
        throw at(
            name,
            "%s argument is not supported for %s based COPY".formatted(name, options.format()));
      }
    }
  }

  private void checkPresence() {
    if (!PRESENT.contains(options.format())) {
      throw notInStandIn("format " + options.format());
    }
    if (options.fieldNames() == FieldNames.NOSHRED) {
      throw notInStandIn("JSON 'noshred'");
    }
    for (String name : ABSENT) {
      if (given.containsKey(name)) {
        throw notInStandIn(name);
      }
    }
    boolean longDelimiter = options.delimiter().length() > 1 || options.delimiter().charAt(0) > 127;
    if (options.format() == Format.CSV && longDelimiter) {
      throw notInStandIn("CSV and a DELIMITER of several bytes");
    }
  }

  private SqlRefusal at(String option, String message) {
    return SqlRefusal.syntax(message, given.get(option).start());
  }

  private static SqlRefusal notInStandIn(String what) {
    return SqlRefusal.notSupported("COPY with " + what + " is not in the stand-in");
  }
}
