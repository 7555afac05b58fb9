/**
 * Where faults can be ordered: the moments of a session at which the gateway asks whether to go on.
 */
package io.sluice.stack.redshift.fault;
