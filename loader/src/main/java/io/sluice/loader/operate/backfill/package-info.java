/** Loading a part of the log by hand, once more or into another table. */
package io.sluice.loader.operate.backfill;
