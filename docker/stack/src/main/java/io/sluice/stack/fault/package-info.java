/**
 * Faults on demand: what may go wrong in each stand-in, the orders for it, and the one place that
 * decides, call by call, whether an order strikes. Every stand-in asks here before and after its
 * work; nothing here knows how a fault is carried out.
 */
package io.sluice.stack.fault;
