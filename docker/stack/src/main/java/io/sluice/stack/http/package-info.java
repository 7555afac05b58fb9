/** How the stand-ins that are Jetty handlers listen: on loopback only. Before every request. */
package io.sluice.stack.http;
