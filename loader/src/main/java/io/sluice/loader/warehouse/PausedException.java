package io.sluice.loader.warehouse;

/** The table is paused by a person: nothing was begun, and nothing is wrong. */
public final class PausedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Pause pause;

  PausedException(Pause pause) {
    super(pause.table() + " is paused by " + pause.by() + ": " + pause.reason());
    this.pause = pause;
  }

  public Pause pause() {
    return pause;
  }
}
