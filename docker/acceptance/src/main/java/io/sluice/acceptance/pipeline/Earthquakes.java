package io.sluice.acceptance.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Records to put into the stream: a week of real earthquakes, and as many more of their kind as one
 * likes.
 */
public final class Earthquakes {
  private Earthquakes() {}

  /** The real ones of the file, a GeoJSON Feature each, oldest first. */
  public static List<String> real(Path file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Made-up ones with ids from {@code made0000000001} on, the same for the same seed. */
  public static Stream<String> generated(long count, long seed) {
    Random random = new Random(seed);
    return Stream.iterate(1L, n -> n <= count, n -> n + 1).map(n -> generated(n, random));
  }

  private static String generated(long number, Random random) {
    double mag = Math.round(random.nextDouble() * 55) / 10.0;
    double longitude = random.nextInt(3_600_000) / 10_000.0 - 180;
    double latitude = random.nextInt(1_800_000) / 10_000.0 - 90;
    int away = random.nextInt(200);
    long time = 1_517_363_399_650L + number * 350;
    return String.format(
        Locale.ROOT,
        "{\"type\":\"Feature\",\"properties\":{\"mag\":%s,\"place\":\"%dkm \\\"SSW\\\" of Nowhere, made up\",\"time\":%d,"
            + "\"updated\":%d,\"tz\":-480,\"felt\":null,\"status\":\"automatic\",\"tsunami\":%d,\"sig\":%d,\"net\":\"xx\","
            + "\"magType\":\"ml\",\"type\":\"earthquake\",\"title\":\"M %s - made up\"},"
            + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[%s,%s,%s]},\"id\":\"made%010d\"}",
        mag,
        away,
        time,
        time + 1000,
        random.nextInt(2),
        random.nextInt(1000),
        mag,
        longitude,
        latitude,
        random.nextInt(700),
        number);
  }
}
