/**
 * The moments of a session at which the gateway asks whether a fault was ordered, and what is to
 * become of the session then.
 */
package io.sluice.stack.redshift.fault;
