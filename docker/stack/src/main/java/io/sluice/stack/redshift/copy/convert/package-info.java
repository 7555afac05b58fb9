/**
 * From a field to a value: every field is checked by its column's type as Redshift checks it, so
 * that PostgreSQL, which gets the checked value as COPY text, has nothing left to refuse. Reasons
 * are worded as Redshift words them, as far as its documentation and public reports show them.
 */
package io.sluice.stack.redshift.copy.convert;
