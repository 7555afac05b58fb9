package io.sluice.acceptance.benchmark;

import io.sluice.acceptance.benchmark.Goal.Judgement;
import io.sluice.acceptance.benchmark.Goal.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Goals and what a run says of them, for people. */
public final class GoalTable {
  private GoalTable() {}

  /** Prints a line a goal, nothing for none. */
  public static void print(PrintWriter out, List<Judgement> judgements) {
    if (judgements.isEmpty()) {
      return;
    }
    out.printf(
        "%n%-4s %-58s %7s %7s %7s   %7s %7s  %s%n",
        "goal", "ratio", "median", "min", "max", "gate", "stretch", "verdict");
    for (Judgement judgement : judgements) {
      out.printf(
          "%-4s %-58s %7.2f %7.2f %7.2f   %s %5.2f %7.2f  %s%n",
          judgement.goal(),
          judgement.what(),
          judgement.ratio().median(),
          judgement.ratio().min(),
          judgement.ratio().max(),
          switch (judgement.sense()) {
            case AT_LEAST -> ">=";
            case AT_MOST -> "<=";
          },
          judgement.gate(),
          judgement.stretch(),
          judgement.verdict().name().toLowerCase(Locale.ROOT));
    }
    out.flush();
  }

  /** Whether one of them was not reached. */
  public static boolean hasMissed(List<Judgement> judgements) {
    return judgements.stream().anyMatch(one -> one.verdict() == Verdict.MISSED);
  }
}
