package io.sluice.stack.redshift.copy.grammar;

import io.sluice.stack.redshift.copy.S3Url;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a COPY says beside its target and its source, with Redshift's defaults. The parser fills it;
 * the load only reads it.
 */
public final class CopyOptions {
  /** The options that are either there or not. */
  public enum Flag {
    MANIFEST,
    EMPTYASNULL,
    BLANKSASNULL,
    TRUNCATECOLUMNS,
    ROUNDEC,
    FILLRECORD,
    IGNOREBLANKLINES,
    IGNOREALLERRORS,
    NOLOAD,
    EXPLICIT_IDS,
    TRIMBLANKS,
    ESCAPE,
    REMOVEQUOTES,
    ACCEPTANYDATE,
    /** Values of several parts, and texts, go into SUPER columns. */
    SERIALIZETOJSON
  }

  /** How the rows are written. */
  public enum Format {
    DELIMITED("txt"),
    CSV("csv"),
    JSON("json"),
    AVRO("avro"),
    PARQUET("parquet"),
    ORC("orc"),
    FIXEDWIDTH("txt"),
    SHAPEFILE("shapefile");

    private final String systemName;

    Format(String systemName) {
      this.systemName = systemName;
    }

    /** The name in system tables. */
    public String systemName() {
      return systemName;
    }

    /** Whether files hold columns, which brings COPY's rules for columnar data with it. */
    public boolean isColumnar() {
      return this == PARQUET || this == ORC;
    }
  }

  /** How the objects are packed. */
  public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    BZIP2,
    LZOP
  }

  /** How the characters of the files are encoded. */
  public enum Encoding {
    UTF8,
    /** With a byte order mark. */
    UTF16,
    UTF16LE,
    UTF16BE
  }

  /** How the fields of JSON and AVRO find their columns. */
  public enum FieldNames {
    /** By their names, which must be the columns' to the letter. */
    EXACT,
    IGNORING_CASE,
    /** By {@link CopyOptions#jsonPaths()}. */
    PATHS,
    /** Not at all: each document is one value. */
    NOSHRED
  }

  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private Format format = Format.DELIMITED;
  private Compression compression = Compression.NONE;
  private String delimiter;
  private char quote = '"';
  private String nullText = "\\N";
  private String dateFormat;
  private String timeFormat;
  private Character replacement;
  private int ignoredHeaderLines;
  private int maximumErrors = 1;
  private Encoding encoding = Encoding.UTF8;
  private FieldNames fieldNames = FieldNames.EXACT;
  private S3Url jsonPaths;

  CopyOptions() {}

  void set(Flag flag) {
    flags.add(flag);
  }

  void format(Format value) {
    format = value;
  }

  void compression(Compression value) {
    compression = value;
  }

  void delimiter(String value) {
    delimiter = value;
  }

  void quote(char value) {
    quote = value;
  }

  void nullText(String value) {
    nullText = value;
  }

  void dateFormat(String value) {
    dateFormat = value;
  }

  void timeFormat(String value) {
    timeFormat = value;
  }

  void replacement(char value) {
    replacement = value;
  }

  void ignoredHeaderLines(int value) {
    ignoredHeaderLines = value;
  }

  /** 0 and 1 mean the same: the first error fails the load. */
  void maximumErrors(int value) {
    maximumErrors = Math.max(1, value);
  }

  void encoding(Encoding value) {
    encoding = value;
  }

  void fieldNames(FieldNames value) {
    fieldNames = value;
  }

  void jsonPaths(S3Url file) {
    fieldNames = FieldNames.PATHS;
    jsonPaths = file;
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  public Format format() {
    return format;
  }

  public Compression compression() {
    return compression;
  }

  /** The delimiter: a comma for CSV and a pipe otherwise, unless the statement names one. */
  public String delimiter() {
    if (delimiter != null) {
      return delimiter;
    }
    return format == Format.CSV ? "," : "|";
  }

  public char quote() {
    return quote;
  }

  /** The text that stands for NULL. */
  public String nullText() {
    return nullText;
  }

  /** The DATEFORMAT, empty for the default. */
  public Optional<String> dateFormat() {
    return Optional.ofNullable(dateFormat);
  }

  /** The TIMEFORMAT, empty for the default. */
  public Optional<String> timeFormat() {
    return Optional.ofNullable(timeFormat);
  }

  /** What takes the place of each byte of a broken character, if ACCEPTINVCHARS was given. */
  public Optional<Character> replacement() {
    return Optional.ofNullable(replacement);
  }

  public int ignoredHeaderLines() {
    return ignoredHeaderLines;
  }

  /** The number of bad rows at which the load fails, at least 1. */
  public int maximumErrors() {
    return has(Flag.IGNOREALLERRORS) ? Integer.MAX_VALUE : maximumErrors;
  }

  public Encoding encoding() {
    return encoding;
  }

  /** How the fields of JSON and AVRO find their columns. */
  public FieldNames fieldNames() {
    return fieldNames;
  }

  /** The JSONPaths file, if there is one. */
  public Optional<S3Url> jsonPaths() {
    return Optional.ofNullable(jsonPaths);
  }
}
