package io.sluice.acceptance.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * Seeded events of 20 columns, as flat JSON: UUIDs, a time in ISO 8601 and one in epoch
 * milliseconds, skewed enumerations, an IP address, URLs, a decimal that is often null, and text in
 * which words are as common as Zipf's law has them. The same seed and number give the same bytes on
 * any machine. Thread-safe.
 */
public final class Events implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String[] TYPES = {
    "page_view", "click", "search", "add_to_cart", "purchase", "login", "logout", "error"
  };
  private static final String[] COUNTRIES = {
    "US", "DE", "GB", "FR", "IN", "BR", "JP", "CA", "IT", "ES", "NL", "SE"
  };
  private static final String[] DEVICES = {"mobile", "desktop", "tablet", "tv"};
  private static final String[] SYSTEMS = {"android", "ios", "windows", "macos", "linux"};
  private static final int[] STATUSES = {200, 304, 302, 404, 500, 403};
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** 2026-11-22T00:00:00Z. */
  private static final long START_MILLIS = 1_795_305_600_000L;

  private static final int USERS = 200_000;
  private static final int SESSION_EVENTS = 4;
  private static final int OPEN_SESSIONS = 900;
  private static final int WORDS_A_TEXT = 4;

  private final long seed;
  private final int textBytes;
  private final Vocabulary vocabulary;

  private Events(long seed, int textBytes) {
    this.seed = seed;
    this.textBytes = textBytes;
    this.vocabulary = new Vocabulary(seed);
  }

  /** Events of their natural size, 531 bytes on average. */
  public static Events of(long seed) {
    return new Events(seed, 0);
  }

  /** Events whose text is so long that they have about this many bytes each. */
  public static Events of(long seed, int averageBytes) {
    Events natural = of(seed);
    long sum = 0;
    int sample = 1000;
    for (int i = 0; i < sample; i++) {
      sum += natural.json(i).length;
    }
    return new Events(seed, Math.max(0, averageBytes - (int) (sum / sample)));
  }

  /** The event of this number. */
  public byte[] json(long number) {
    SplittableRandom random = new SplittableRandom(mix(seed + number));
    StringBuilder json = new StringBuilder(640 + textBytes);
    json.append('{');
    long session = session(number, random);
    for (EventColumn column : EventColumn.values()) {
      json.append(json.length() == 1 ? "\"" : ",\"").append(column.label()).append("\":");
      appendValue(column, number, session, random, json);
    }
    return json.append('}').toString().getBytes(US_ASCII);
  }

  private void appendValue(
      EventColumn column, long number, long session, SplittableRandom random, StringBuilder json) {
    long millis = START_MILLIS + number;
    switch (column) {
      case EVENT_ID -> uuid(random.nextLong(), random.nextLong(), json);
      case USER_ID -> uuidOf(mix(session) % USERS, 1, json);
      case SESSION_ID -> uuidOf(session, 2, json);
      case EVENT_TYPE -> text(TYPES[skewed(random, TYPES.length)], json);
      case EVENT_TIME -> text(IsoTimes.millis(millis - random.nextInt(5_000)), json);
      case SENT_AT -> json.append(millis);
      case COUNTRY -> text(COUNTRIES[skewed(random, COUNTRIES.length)], json);
      case DEVICE -> text(DEVICES[skewed(random, DEVICES.length)], json);
      case OS -> text(SYSTEMS[skewed(random, SYSTEMS.length)], json);
      case APP_VERSION -> text("4." + skewed(random, 12) + "." + skewed(random, 30), json);
      case IP -> ip(random, json);
      case URL -> url("my.shop", random, json);
      case REFERRER -> referrer(random, json);
      case STATUS_CODE -> json.append(STATUSES[skewed(random, STATUSES.length)]);
      case LATENCY_MS -> json.append(5 + skewed(random, 2_000));
      case BYTES_SENT -> json.append(300 + random.nextInt(90_000));
      case AMOUNT -> amount(random, json);
      case RETURNING -> json.append(random.nextInt(10) < 7);
      case RISK_SCORE -> json.append(random.nextInt(1_000) / 1_000.0);
      case COMMENT -> words(random, json);
    }
  }

  /** One of the sessions that are open when the event happens: visitors come back soon. */
  private static long session(long number, SplittableRandom random) {
    return number / SESSION_EVENTS - skewed(random, OPEN_SESSIONS);
  }

  private void url(String host, SplittableRandom random, StringBuilder json) {
    json.append("\"https://").append(host).append('/').append(vocabulary.word(random));
    json.append('/').append(vocabulary.word(random));
    json.append("?p=").append(skewed(random, 90_000)).append('"');
  }

  private void referrer(SplittableRandom random, StringBuilder json) {
    if (random.nextInt(3) > 0) {
      json.append("null");
    } else {
      json.append("\"https://").append(vocabulary.word(random)).append(".example/\"");
    }
  }

  private void words(SplittableRandom random, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < WORDS_A_TEXT; i++) {
      json.append(i == 0 ? "" : " ").append(vocabulary.word(random));
    }
    int end = json.length() + textBytes;
    for (int i = 1; json.length() < end; i++) {
      json.append(i % 7 == 0 ? ", " : " ").append(vocabulary.word(random));
    }
    json.append('"');
  }

  private static void amount(SplittableRandom random, StringBuilder json) {
    if (random.nextInt(10) < 6) {
      json.append("null");
      return;
    }
    int cents = random.nextInt(100);
    json.append(skewed(random, 5_000)).append('.').append(cents / 10).append(cents % 10);
  }

  private static void ip(SplittableRandom random, StringBuilder json) {
    json.append('"').append(10 + skewed(random, 200)).append('.').append(random.nextInt(256));
    json.append('.').append(random.nextInt(256)).append('.').append(random.nextInt(256));
    json.append('"');
  }

  private static void text(String value, StringBuilder json) {
    json.append('"').append(value).append('"');
  }

  /** The UUID that always belongs to this number. */
  private static void uuidOf(long number, long kind, StringBuilder json) {
    uuid(mix(number * 31 + kind), mix(number * 37 + kind), json);
  }

  private static void uuid(long high, long low, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < 32; i++) {
      if (i == 8 || i == 12 || i == 16 || i == 20) {
        json.append('-');
      }
      long bits = i < 16 ? high >>> (60 - 4 * i) : low >>> (124 - 4 * i);
      json.append(HEX[(int) (bits & 15)]);
    }
    json.append('"');
  }

  /** Below {@code bound}, small numbers far more often than large ones. */
  private static int skewed(SplittableRandom random, int bound) {
    double x = random.nextDouble();
    return (int) (x * x * x * bound);
  }

  /** Spreads neighbouring numbers over all longs: the finalizer of SplitMix64. */
  private static long mix(long number) {
    long z = (number + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
