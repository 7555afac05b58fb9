package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;

/** A file is not written in the ENCODING of the statement: Redshift skips the rest of it. */
public final class EncodingException extends BadFileException {
  private static final long serialVersionUID = 1L;

  EncodingException() {
    super(LoadError.ENCODING.refusal(), null);
  }
}
