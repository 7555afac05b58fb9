/**
 * The built writer on a running stream, as a process of its own: how many records a second it
 * takes, and how soon after their arrival they are committed.
 */
package io.sluice.acceptance.benchmark.endtoend;
