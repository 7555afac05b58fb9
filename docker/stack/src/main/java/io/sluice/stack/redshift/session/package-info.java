/**
 * One client's session: two pumps between client and database, the queue of answers that the
 * database still owes, and the loads that the gateway carries out in between.
 */
package io.sluice.stack.redshift.session;
