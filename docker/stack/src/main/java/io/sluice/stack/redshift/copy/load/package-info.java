/**
 * One COPY carried out: files in order, rows to the database, what happened into the system tables.
 */
package io.sluice.stack.redshift.copy.load;
