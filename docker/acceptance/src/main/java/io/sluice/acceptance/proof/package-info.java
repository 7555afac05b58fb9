/**
 * The proof that a pipeline has kept its promise: manifest log, data files, rejects, messages,
 * table and ledger are held against what was put into the stream, and every difference is told. It
 * starts nothing and changes nothing, so that tests, soaks and the quick start can all use it.
 */
package io.sluice.acceptance.proof;
