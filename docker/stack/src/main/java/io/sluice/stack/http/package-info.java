/**
 * How the stand-ins that are Jetty handlers listen: on loopback only, unless told otherwise. Before
 * every request.
 */
package io.sluice.stack.http;
