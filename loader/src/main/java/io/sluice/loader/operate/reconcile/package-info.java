/** The proof that every record is loaded exactly once, and what can be repaired. */
package io.sluice.loader.operate.reconcile;
