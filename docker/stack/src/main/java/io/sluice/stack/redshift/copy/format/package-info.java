/**
 * How rows are written in a file: from bytes to fields. {@link
 * io.sluice.stack.redshift.copy.format.RowFormats} knows which reader a statement's format has; a
 * reader gives rows whose fields stand in the order of the load's columns, and says by their form
 * how each becomes NULL. Formats with names find their columns through FieldPaths.
 */
package io.sluice.stack.redshift.copy.format;
