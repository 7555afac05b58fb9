/**
 * The control surface: orders for faults over HTTP, for black-box tests and for people with curl.
 */
package io.sluice.stack.control;
