package io.sluice.loader.health;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in the text format of Prometheus, as far as they are counters and gauges. See "Exposition
 * formats" in the documentation of Prometheus.
 */
public final class Exposition {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? ([-+0-9.eE]+|[-+]?Inf|NaN)(?: [0-9]+)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private final List<Sample> samples;

  private Exposition(List<Sample> samples) {
    this.samples = samples;
  }

  /** Reads an answer; lines that are no samples are left out. */
  public static Exposition parse(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        samples.add(
            new Sample(
                sample.group(1),
                labels(sample.group(2) == null ? "" : sample.group(2)),
                Double.parseDouble(sample.group(3).replace("Inf", "Infinity"))));
      }
    }
    return new Exposition(samples);
  }

  /** The sum over all samples of a metric with this label, a whole number; empty without one. */
  public OptionalLong sum(String metric, String label, String value) {
    List<Sample> found =
        samples.stream()
            .filter(sample -> sample.name().equals(metric))
            .filter(sample -> value.equals(sample.labels().get(label)))
            .toList();
    return found.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(found.stream().mapToDouble(Sample::value).sum()));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), unescaped(label.group(2)));
    }
    return labels;
  }

  private static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            found -> found.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(found.group(1)));
  }

  private record Sample(String name, Map<String, String> labels, double value) {}
}
