/** Looking on: what waits, what will be loaded and why, what it cost. Changes nothing. */
package io.sluice.loader.operate.report;
