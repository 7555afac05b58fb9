/**
 * The loader beside what a warehouse does without it: raw COPYs of the same files, a loop of one
 * COPY a batch, the bare requests to the queue; and its memory while batches wait. The loader is
 * the built one, as a process of its own where nothing else is said.
 */
package io.sluice.acceptance.benchmark.loading;
