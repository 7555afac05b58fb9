package io.sluice.acceptance.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * In which order a round measures. What a measurement leaves behind (caches, files not yet written,
 * work that a server puts off) is paid by the one after it, so the orders change not only in who
 * begins but also in who follows whom.
 */
public final class Turns {
  private Turns() {}

  /**
   * The order of a round: every second one is a mirror of the one before it, and each pair begins
   * with another way. Two ways are done with after 4 rounds, three after 6: each has then followed
   * each as often.
   *
   * @param round counted from 0
   */
  public static <W> List<W> inRound(int round, List<W> ways) {
    List<W> order = new ArrayList<>(ways);
    Collections.rotate(order, round / 2);
    if (round % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }
}
