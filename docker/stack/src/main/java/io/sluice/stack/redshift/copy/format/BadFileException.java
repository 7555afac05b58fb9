package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadRefusal;
import java.io.IOException;

/**
 * A file cannot be read as what COPY was told it is, or not any further: it counts as one error, as
 * a bad row does, and the rest of the file is skipped.
 */
public class BadFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient LoadRefusal refusal;

  BadFileException(LoadRefusal refusal, Throwable cause) {
    super(refusal.getMessage(), cause);
    this.refusal = refusal;
  }

  /** The error as the system tables have it. */
  public LoadRefusal refusal() {
    return refusal;
  }
}
