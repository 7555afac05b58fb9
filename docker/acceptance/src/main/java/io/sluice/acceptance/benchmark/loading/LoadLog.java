package io.sluice.acceptance.benchmark.loading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The loads that a loader has told in its log: a line a COPY, written when its transaction is
 * committed and its session closed, with milliseconds.
 */
final class LoadLog {
  private static final Pattern LOAD =
      Pattern.compile("(\\S+Z) INFO .* load \\S+ of \\S+: (\\d+) batches, .*");

  private final LogFile log;
  private int parsed;
  private final List<Load> loads = new ArrayList<>();

  /** One COPY that was committed. */
  record Load(Instant at, int batches) {}

  LoadLog(LogFile log) {
    this.log = log;
  }

  /** All loads so far. */
  List<Load> loads() {
    List<String> lines = log.lines();
    for (; parsed < lines.size(); parsed++) {
      Matcher load = LOAD.matcher(lines.get(parsed));
      if (load.matches()) {
        loads.add(new Load(Instant.parse(load.group(1)), Integer.parseInt(load.group(2))));
      }
    }
    return List.copyOf(loads);
  }

  /** How many batches they have brought. */
  int batches() {
    return loads().stream().mapToInt(Load::batches).sum();
  }
}
