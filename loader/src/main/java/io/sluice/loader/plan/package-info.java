/**
 * Second step of the data path: from the batches that wait for a table to the next load. Pure: no
 * clock, no thread, no I/O.
 */
package io.sluice.loader.plan;
