/**
 * What a SERIALIZABLE database adds to the database's snapshots: which transaction has read and
 * written which table, and whether an order is left in which they could have run one after another.
 * Asked before every statement that reads or writes.
 */
package io.sluice.stack.redshift.isolation;
