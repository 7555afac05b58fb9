/**
 * Redshift's SQL before PostgreSQL: what Redshift refuses is refused, what it accepts and ignores
 * is accepted and ignored, what it spells otherwise is spelt anew. Works on tokens; it never asks
 * the database.
 */
package io.sluice.stack.redshift.dialect;
