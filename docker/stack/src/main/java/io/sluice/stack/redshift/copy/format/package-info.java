/** How rows are written in a file: from bytes to fields. */
package io.sluice.stack.redshift.copy.format;
