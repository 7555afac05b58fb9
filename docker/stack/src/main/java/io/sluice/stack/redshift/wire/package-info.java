/**
 * The PostgreSQL wire protocol, version 3, as bytes: framing, message bodies, error fields. First
 * step of the gateway; knows nothing of Redshift.
 */
package io.sluice.stack.redshift.wire;
