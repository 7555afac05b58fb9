package io.sluice.stack.redshift.copy.format;

import java.io.IOException;
import java.io.InputStream;

/** How the files of one COPY are written. */
@FunctionalInterface
public interface RowFormat {
  /** Opens one file, unpacked already, behind its header. */
  RowReader open(InputStream file) throws IOException;
}
