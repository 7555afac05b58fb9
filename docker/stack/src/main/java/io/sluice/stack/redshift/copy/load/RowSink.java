package io.sluice.stack.redshift.copy.load;

import java.io.IOException;

/** Where converted rows go: to the database, or nowhere with NOLOAD. */
public interface RowSink {
  /** Takes whole rows of COPY text; the array may be used again afterwards. */
  void write(byte[] rows, int length) throws IOException;

  /** Whether the database has ended the statement by itself, so that more rows are in vain. */
  boolean isClosed();
}
