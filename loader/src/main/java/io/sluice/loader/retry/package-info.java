/**
 * Beside the data path: short requests that are tried again at once, by a library; the pauses of
 * whole loads are the workers' own.
 */
package io.sluice.loader.retry;
