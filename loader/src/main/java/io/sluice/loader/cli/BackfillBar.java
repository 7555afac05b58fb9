package io.sluice.loader.cli;

import io.sluice.loader.operate.backfill.BackfillListener;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on stderr how a backfill goes: on a terminal a bar with batches, rows, rate and time left,
 * below what is said; elsewhere what is said alone. Safe for use by several threads.
 */
final class BackfillBar implements BackfillListener, AutoCloseable {
  /** Set by the launcher, for Java cannot tell whether stderr alone is a terminal. */
  private static final String TERMINAL = "sluice.terminal";

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int WIDTH = 110;
  private static final int UPDATE_MILLIS = 250;

  private final PrintWriter err;
  private final ProgressBar bar;
  private final long begun = System.nanoTime();
  private boolean closed;

  private BackfillBar(PrintWriter err, boolean terminal) {
    this.err = err;
    this.bar = terminal ? bar() : null;
  }

  static BackfillBar on(PrintWriter err) {
    return new BackfillBar(err, Boolean.getBoolean(TERMINAL));
  }

  private ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("backfill")
        .setInitialMax(0)
        .setUnit(" batches", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
        .build();
  }

  @Override
  public void progressed(Progress progress) {
    if (bar == null) {
      return;
    }
    double seconds = Math.max(1, (System.nanoTime() - begun) / 1e9);
    bar.maxHint(Math.max(progress.expected(), progress.decided()));
    bar.stepTo(progress.decided());
    bar.setExtraMessage(
        String.format(
            Locale.ROOT, " %,d rows, %,.0f/s", progress.rows(), progress.rows() / seconds));
  }

  @Override
  public synchronized void said(String words) {
    err.println((bar == null ? "" : CLEAR_LINE) + "sluice-loader: " + words);
    err.flush();
  }

  private synchronized void draw(String line) {
    err.print(CLEAR_LINE + line);
    err.flush();
  }

  @Override
  public void close() {
    if (bar == null || closed) {
      return;
    }
    closed = true;
    bar.close();
    synchronized (this) {
      err.println();
      err.flush();
    }
  }
}
