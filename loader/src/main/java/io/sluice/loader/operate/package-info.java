/**
 * What an operator does beside the daemon: proving what was loaded, loading a part of the log by
 * hand, and adopting what something else has landed.
 */
package io.sluice.loader.operate;
