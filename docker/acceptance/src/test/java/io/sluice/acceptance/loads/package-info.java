/**
 * Batches are landed without a writer, two loaders load them, and everything fails on the way: who
 * loads what is proven from table, ledger and queues.
 */
package io.sluice.acceptance.loads;
