/**
 * The embedded PostgreSQL behind the gateway, and in it the functions and system tables that
 * Redshift has.
 */
package io.sluice.stack.redshift.database;
