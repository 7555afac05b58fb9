package io.sluice.stack.control;

import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.Occurrence;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads an order from the fields that a person typed; finds all that is wrong with them at once.
 */
final class OrderForm {
  private static final Set<String> FIELDS =
      Set.of(
          "service",
          "fault",
          "operation",
          "resource",
          "status",
          "after",
          "times",
          "probability",
          "delay");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

  private final Map<String, String> fields;
  private final List<String> problems = new ArrayList<>();

  private OrderForm(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException naming every problem, a line each
   */
  static FaultOrder read(Map<String, String> fields) {
    return new OrderForm(fields).order();
  }

  private FaultOrder order() {
    Set<String> unknown = new TreeSet<>(fields.keySet());
    unknown.removeAll(FIELDS);
    unknown.forEach(
        name -> problems.add("%s: no such field; there are %s".formatted(name, sorted(FIELDS))));
    StandIn standIn = named("service", StandIn.values(), StandIn::wireName);
    Fault fault = named("fault", faultsOf(standIn), Fault::wireName);
    check();
    try {
      FaultOrder order = FaultOrder.of(standIn, fault).at(text("operation")).on(text("resource"));
      order = occurrence(order);
      if (fields.containsKey("status")) {
        order = order.answeredWith((int) number("status"));
      }
      if (fields.containsKey("delay")) {
        order = order.lasting(duration());
      }
      check();
      return order;
    } catch (IllegalArgumentException e) {
      if (problems.isEmpty()) {
        problems.add(e.getMessage());
      }
      throw refusal();
    }
  }

  private FaultOrder occurrence(FaultOrder order) {
    FaultOrder ordered = order;
    if (fields.containsKey("probability")) {
      ordered = ordered.withProbability(probability());
    }
    if (fields.containsKey("after")) {
      ordered = ordered.after(number("after"));
    }
    if (fields.containsKey("times")) {
      ordered =
          ordered.times(
              fields.get("times").equals("always") ? Occurrence.UNLIMITED : number("times"));
    }
    return ordered;
  }

  private static Fault[] faultsOf(StandIn standIn) {
    return Arrays.stream(Fault.values())
        .filter(fault -> standIn == null || fault.isOf(standIn))
        .toArray(Fault[]::new);
  }

  private <E> E named(String field, E[] values, Function<E, String> name) {
    String text = fields.get(field);
    for (E value : values) {
      if (name.apply(value).equals(text)) {
        return value;
      }
    }
    String known = Arrays.stream(values).map(name).collect(Collectors.joining(", "));
    problems.add(
        text == null
            ? "%s: missing; one of %s".formatted(field, known)
            : "%s: '%s' is none of %s".formatted(field, text, known));
    return null;
  }

  private String text(String field) {
    return fields.getOrDefault(field, "*");
  }

  private long number(String field) {
    String text = fields.get(field);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      problems.add("%s: '%s' is not a whole number".formatted(field, text));
      return 1;
    }
  }

  private double probability() {
    String text = fields.get("probability");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      problems.add("probability: '%s' is not a number such as 0.1".formatted(text));
      return 1;
    }
  }

  private Duration duration() {
    String text = fields.get("delay");
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      problems.add("delay: '%s' is not a time such as 500ms, 5s or 2m".formatted(text));
      return Duration.ofSeconds(1);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  private void check() {
    if (!problems.isEmpty()) {
      throw refusal();
    }
  }

  private IllegalArgumentException refusal() {
    return new IllegalArgumentException(String.join("\n", problems));
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }
}
