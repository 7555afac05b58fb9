package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a table's settings change of its COPY. By default nothing is let through and nothing is cut.
 *
 * @param statUpdate whether COPY brings the table's statistics up to date, which costs a small load
 *     a scan
 * @param truncateColumns whether COPY cuts text that is too long for its column
 * @param acceptInvChars the character that COPY puts in the place of invalid UTF-8, empty when it
 *     refuses that
 * @param maxError COPY's MAXERROR: a load with fewer bad rows than this leaves them out and goes
 *     on; 0 lets none through. Columnar formats have no such option
 * @param region the bucket's region, where it is not the warehouse's own
 */
public record CopyOptions(
    boolean statUpdate,
    boolean truncateColumns,
    Optional<String> acceptInvChars,
    int maxError,
    Optional<String> region) {
  /** Nothing but the defaults. */
  public static final CopyOptions DEFAULT =
      new CopyOptions(false, false, Optional.empty(), 0, Optional.empty());

  /** Redshift allows ten times as many; more than this says that the table is wrong. */
  private static final int LARGEST_MAX_ERROR = 10_000;

  private static final Pattern REPLACEMENT = Pattern.compile("[\\x20-\\x7e]");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

  public CopyOptions {
    requireNonNull(acceptInvChars, "acceptInvChars");
    requireNonNull(region, "region");
  }

  static CopyOptions read(Settings settings) {
    boolean statUpdate = settings.flag("stat-update", false);
    boolean truncateColumns = settings.flag("truncate-columns", false);
    Optional<String> acceptInvChars =
        settings.optionalParsed("accept-inv-chars", CopyOptions::requireReplacement);
    long maxError = settings.number("max-error", 0, 0, LARGEST_MAX_ERROR);
    Optional<String> region = settings.optionalParsed("region", CopyOptions::requireRegion);
    return new CopyOptions(statUpdate, truncateColumns, acceptInvChars, (int) maxError, region);
  }

  private static String requireReplacement(String text) {
    if (!REPLACEMENT.matcher(text).matches()) {
      throw new IllegalArgumentException("must be one ASCII character, such as ?");
    }
    return text;
  }

  private static String requireRegion(String text) {
    if (!REGION.matcher(text).matches()) {
      throw new IllegalArgumentException("must be the name of a region, such as eu-central-1");
    }
    return text;
  }
}
