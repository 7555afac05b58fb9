package io.sluice.common.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A batch folder, {@code s3://bucket/prefix}: where one writer lands its batch intervals, and the
 * layout of the keys in it.
 *
 * <pre>
 * 20261122T051230.000Z/public.orders/part-00000-ATTEMPT.csv.zst   a data file
 * 20261122T051230.000Z/_rejects/part-00000-ATTEMPT.jsonl.zst      a file of rejects
 * _manifests/00000000000000000042.json                            the manifest log
 * _manifests/_last                                                a hint at its last number
 * _copy/LOAD.manifest                                             a COPY manifest
 * _check                                                          what a check of the settings wrote
 * </pre>
 *
 * <p>Keys in manifests are relative to the folder, so that a folder can be copied as a whole. The
 * prefix has neither a leading nor a trailing slash and may be empty.
 */
public record BatchFolder(String bucket, String prefix) implements Serializable {
  private static final Pattern URI =
      Pattern.compile("s3[an]?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/*");
  private static final Pattern PREFIX =
      Pattern.compile("(?:[A-Za-z0-9!_.*'()=-]+(?:/[A-Za-z0-9!_.*'()=-]+)*)?");
  private static final DateTimeFormatter INTERVAL =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public BatchFolder {
    if (!PREFIX.matcher(prefix).matches() || hasDotSegment(prefix)) {
      throw new IllegalArgumentException(
          "'"
              + prefix
              + "' is not a batch folder's prefix: use letters, digits and !_.*'()=- parted by single slashes");
    }
  }

  /**
   * Reads {@code s3://bucket/prefix}; throws {@link IllegalArgumentException} that says what is
   * allowed.
   */
  @JsonCreator
  public static BatchFolder parse(String uri) {
    Matcher matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + uri + "' is not a batch folder: use s3://bucket/prefix");
    }
    return new BatchFolder(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
  }

  /** The key in the bucket of what a manifest calls {@code relative}. */
  public String key(String relative) {
    requireRelative(relative);
    return prefix.isEmpty() ? relative : prefix + "/" + relative;
  }

  /** The {@code s3://} address of what a manifest calls {@code relative}. */
  public String uri(String relative) {
    return "s3://" + bucket + "/" + key(relative);
  }

  /**
   * The relative key of a data file. {@code attempt} makes it unlike any other attempt's, retries
   * included.
   */
  public static String dataFile(
      Instant batchTime, TableName table, int part, String attempt, String extension) {
    return "%s/%s/part-%05d-%s.%s".formatted(interval(batchTime), table, part, attempt, extension);
  }

  /** The relative key of a file of rejects. */
  public static String rejectFile(Instant batchTime, int part, String attempt, String extension) {
    return "%s/_rejects/part-%05d-%s.%s".formatted(interval(batchTime), part, attempt, extension);
  }

  /** The relative key of the manifest of this number. */
  public static String manifest(long number) {
    return "_manifests/%020d.json".formatted(number);
  }

  /** The relative key of the hint at the log's last number. */
  public static String lastManifestHint() {
    return "_manifests/_last";
  }

  /** The relative key of the object that a check of the settings writes. */
  public static String check() {
    return "_check";
  }

  /** The relative key of the COPY manifest of one load. */
  public static String copyManifest(String loadId) {
    return "_copy/" + loadId + ".manifest";
  }

  /** The folder name of a batch interval: its time in UTC, in milliseconds. */
  public static String interval(Instant batchTime) {
    return INTERVAL.format(batchTime);
  }

  @JsonValue
  @Override
  public String toString() {
    return prefix.isEmpty() ? "s3://" + bucket : "s3://" + bucket + "/" + prefix;
  }

  /** Refuses a key that would lead out of the folder. */
  static void requireRelative(String key) {
    if (key.isEmpty() || key.startsWith("/") || hasDotSegment(key)) {
      throw new IllegalArgumentException("'" + key + "' is not a key inside a batch folder");
    }
  }

  private static boolean hasDotSegment(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
