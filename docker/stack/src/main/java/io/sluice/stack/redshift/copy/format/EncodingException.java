package io.sluice.stack.redshift.copy.format;

import java.io.IOException;

/** A file is not written in the ENCODING of the statement: Redshift skips the rest of it. */
public final class EncodingException extends IOException {
  private static final long serialVersionUID = 1L;

  EncodingException() {
    super("the file is not in the encoding that COPY was told");
  }
}
