package io.sluice.stack.redshift.copy.grammar;

import java.util.EnumSet;
import java.util.Locale;
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
    REMOVEQUOTES
  }

  /** How the rows are written. */
  public enum Format {
    DELIMITED,
    CSV,
    JSON,
    AVRO,
    PARQUET,
    ORC,
    FIXEDWIDTH,
    SHAPEFILE
  }

  /** How the objects are packed. */
  public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    BZIP2,
    LZOP
  }

  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private Format format = Format.DELIMITED;
  private Compression compression = Compression.NONE;
  private Character delimiter;
  private char quote = '"';
  private String nullText = "\\N";
  private String dateFormat;
  private String timeFormat;
  private Character replacement;
  private int ignoredHeaderLines;
  private int maximumErrors = 1;
  private String encoding = "UTF8";

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

  void delimiter(char value) {
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

  void encoding(String value) {
    encoding = value.toUpperCase(Locale.ROOT);
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
  public char delimiter() {
    if (delimiter != null) {
      return delimiter;
    }
    return format == Format.CSV ? ',' : '|';
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

  /** The ENCODING, in upper case. */
  public String encoding() {
    return encoding;
  }
}
