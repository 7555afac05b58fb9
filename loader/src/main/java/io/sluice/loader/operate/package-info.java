/**
 * What an operator does beside the daemon: looking on, proving what was loaded, loading a part of
 * the log by hand, deciding about the quarantine. Here is what several of them need.
 */
package io.sluice.loader.operate;
