/**
 * What runs the data path: threads and their end, one worker a table, catch-up from the manifest
 * log, the checks at the start, and the settings of it all.
 */
package io.sluice.loader.daemon;
