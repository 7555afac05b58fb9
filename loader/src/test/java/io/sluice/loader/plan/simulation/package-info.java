/** A day of loads on a simulated clock, by the real planner. */
package io.sluice.loader.plan.simulation;
