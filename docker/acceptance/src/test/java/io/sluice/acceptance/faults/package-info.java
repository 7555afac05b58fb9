/**
 * Fault tests of the writer on real processes: everything that production does to it is done to it,
 * in a seeded order, while records stream through; then every record is proven to be there once.
 */
package io.sluice.acceptance.faults;
