/**
 * The stack and other programs as processes of their own, for tests and scripts. Uses nothing but
 * the JDK, so that this jar can be used without any of its libraries.
 */
package io.sluice.stack.process;
