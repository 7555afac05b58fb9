package io.sluice.stack.redshift.copy.avro;

import java.io.IOException;

/** The bytes are no Avro file that COPY takes; nothing behind them can be read. */
public final class BrokenAvroException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenAvroException(String problem) {
    super(problem);
  }

  /** The file ends too early, in the words of Redshift. */
  static BrokenAvroException cutOff() {
    return new BrokenAvroException("Unexpected end of AVRO file.");
  }
}
