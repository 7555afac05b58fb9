/** What became of an interval, for people and for monitoring: one log line, and Spark's metrics. */
package io.sluice.writer.report;
