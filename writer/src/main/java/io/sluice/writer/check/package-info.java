/** Looks at all that a start needs, before one is made. */
package io.sluice.writer.check;
