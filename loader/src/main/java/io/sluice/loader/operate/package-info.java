/** What an operator does beside the daemon: proving what was loaded. */
package io.sluice.loader.operate;
