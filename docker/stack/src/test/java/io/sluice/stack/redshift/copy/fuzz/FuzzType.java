package io.sluice.stack.redshift.copy.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/**
 * The types of Redshift: how their values look in a file, and whether what came out is the value
 * that the documentation promises. Knows nothing of the code under test.
 */
public enum FuzzType {
  SMALLINT("smallint", "smallint") {
    @Override
    FuzzValue random(Random random) {
      return integer(random.nextInt(1 << 16) - (1 << 15), random);
    }
  },
  INTEGER("integer", "integer") {
    @Override
    FuzzValue random(Random random) {
      int[] edges = {0, Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt(), random.nextInt(99)};
      return integer(edges[random.nextInt(edges.length)], random);
    }
  },
  BIGINT("bigint", "bigint") {
    @Override
    FuzzValue random(Random random) {
      long[] edges = {0, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong(), random.nextInt()};
      return integer(edges[random.nextInt(edges.length)], random);
    }
  },
  DECIMAL("numeric(12,4)", "decimal(12,4)") {
    @Override
    FuzzValue random(Random random) {
      int digits = random.nextInt(9);
      BigDecimal written =
          BigDecimal.valueOf(random.nextLong() % 10_000_000L, 0)
              .add(BigDecimal.valueOf(random.nextInt(1_000_000_000), 9))
              .setScale(digits, RoundingMode.DOWN);
      return FuzzValue.bare(
          written.toPlainString(), written.setScale(4, RoundingMode.DOWN).toPlainString());
    }
  },
  DOUBLE("double precision", "double precision") {
    @Override
    FuzzValue random(Random random) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      return FuzzValue.bare(Double.toString(value), Double.toString(value));
    }
  },
  BOOLEAN("boolean", "boolean") {
    @Override
    FuzzValue random(Random random) {
      boolean value = random.nextBoolean();
      String[] forms =
          value
              ? new String[] {"t", "TRUE", "yes", "1", "y"}
              : new String[] {"F", "false", "no", "0", "N"};
      return random.nextBoolean()
          ? FuzzValue.bare(Boolean.toString(value), value ? "t" : "f")
          : FuzzValue.text(forms[random.nextInt(forms.length)], value ? "t" : "f");
    }
  },
  VARCHAR("character varying(60)", "varchar(60)") {
    @Override
    FuzzValue random(Random random) {
      String value = string(random, POOL, 60);
      return FuzzValue.text(value, value);
    }
  },
  CHAR("character(10)", "char(10)") {
    @Override
    FuzzValue random(Random random) {
      String value = string(random, ASCII, 10).stripTrailing();
      return FuzzValue.text(value + " ".repeat(random.nextInt(3)), value);
    }
  },
  DATE("date", "date") {
    @Override
    FuzzValue random(Random random) {
      String date = day(random).toString();
      return FuzzValue.text(date, date);
    }
  },
  TIMESTAMP("timestamp without time zone", "timestamp") {
    @Override
    FuzzValue random(Random random) {
      LocalDateTime time =
          day(random)
              .atStartOfDay()
              .plusNanos(1000L * Math.floorMod(random.nextLong(), 86_400_000_000L));
      String text = time.format(random.nextBoolean() ? SECONDS : MICROS);
      return FuzzValue.text(text, text);
    }
  },
  SUPER("jsonb", "super") {
    @Override
    FuzzValue random(Random random) {
      String json = json(random, 0);
      return FuzzValue.bare(json, json);
    }
  },
  VARBYTE("bytea(16)", "varbyte(16)") {
    @Override
    FuzzValue random(Random random) {
      byte[] bytes = new byte[1 + random.nextInt(16)];
      random.nextBytes(bytes);
      String hex = HexFormat.of().formatHex(bytes);
      return FuzzValue.text(random.nextBoolean() ? hex.toUpperCase(Locale.ROOT) : hex, "\\x" + hex);
    }
  };

  private static final String ASCII = "abcXYZ019 _-.:;,|'\"\\/{}[]#%&";
  private static final String POOL = ASCII + "\n\t\r\u0001\u001F\u007Féß日本語😀𝄞";
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String postgresName;
  private final String redshiftName;

  FuzzType(String postgresName, String redshiftName) {
    this.postgresName = postgresName;
    this.redshiftName = redshiftName;
  }

  /** A random value that Redshift's rules accept. */
  abstract FuzzValue random(Random random);

  /** The name as the catalog spells it. */
  public String postgresName() {
    return postgresName;
  }

  /** The name in a CREATE TABLE. */
  public String redshiftName() {
    return redshiftName;
  }

  /** Whether {@code actual}, as the database writes it, is the expected value. */
  public boolean isSame(String expected, String actual) {
    return switch (this) {
      case SMALLINT, INTEGER, BIGINT -> new BigInteger(expected).equals(new BigInteger(actual));
      case DECIMAL -> new BigDecimal(expected).compareTo(new BigDecimal(actual)) == 0;
      case DOUBLE -> Double.parseDouble(expected) == Double.parseDouble(actual);
      case BOOLEAN -> expected.equals(actual.substring(0, 1));
      case CHAR -> expected.equals(actual.stripTrailing());
      case SUPER -> isSameJson(expected, actual);
      case TIMESTAMP ->
          LocalDateTime.parse(expected.replace(' ', 'T'))
              .equals(LocalDateTime.parse(actual.replace(' ', 'T')));
      case VARBYTE -> expected.equalsIgnoreCase(actual);
      case VARCHAR, DATE -> expected.equals(actual);
    };
  }

  /** Whether {@code actual} is a value of this type at all. */
  public boolean isValid(String actual) {
    return switch (this) {
      case SMALLINT -> fits(actual, 15);
      case INTEGER -> fits(actual, 31);
      case BIGINT -> fits(actual, 63);
      case DECIMAL -> new BigDecimal(actual).setScale(4).precision() <= 12;
      case DOUBLE ->
          !Double.isInfinite(
              Double.parseDouble(
                  actual.replaceAll("(?i)inf(inity)?", "NaN").replaceAll("(?i)[+-]?nan", "NaN")));
      case BOOLEAN -> actual.equals("t") || actual.equals("f");
      case VARCHAR -> bytes(actual) <= 60 && actual.indexOf('\uFFFD') < 0;
      case CHAR -> bytes(actual) <= 10 && actual.chars().allMatch(c -> c < 128);
      case DATE -> !LocalDate.parse(actual).isBefore(LocalDate.of(1, 1, 1));
      case TIMESTAMP -> LocalDateTime.parse(actual.replace(' ', 'T')).getYear() > 0;
      case SUPER -> isSameJson(actual, actual);
      case VARBYTE -> actual.matches("\\\\x([0-9a-fA-F]{2}){0,16}");
    };
  }

  private static boolean fits(String number, int bits) {
    return new BigInteger(number).bitLength() <= bits;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean isSameJson(String expected, String actual) {
    try {
      return JSON.readTree(expected).equals(JSON.readTree(actual));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static FuzzValue integer(long value, Random random) {
    String digits = Long.toString(value);
    return random.nextInt(4) == 0 && value >= 0
        ? FuzzValue.text("+" + digits, digits)
        : FuzzValue.bare(digits, digits);
  }

  private static LocalDate day(Random random) {
    return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
  }

  private static String string(Random random, String pool, int bytes) {
    int[] characters = pool.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    int wanted = random.nextInt(bytes);
    while (true) {
      int next = characters[random.nextInt(characters.length)];
      String longer = text + Character.toString(next);
      if (bytes(longer) > wanted) {
        return text.toString();
      }
      text.appendCodePoint(next);
    }
  }

  private static String json(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 4 : 6)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> depth == 0 ? "{}" : "null";
      case 3 -> FuzzFiles.jsonString(string(random, POOL, 20), random);
      case 4 -> "[" + json(random, depth + 1) + ", " + json(random, depth + 1) + "]";
      default -> "{\"k\" :" + json(random, depth + 1) + ",\"l\": " + json(random, depth + 1) + "}";
    };
  }
}
