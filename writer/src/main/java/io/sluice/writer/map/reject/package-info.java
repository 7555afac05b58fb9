/** What cannot become a row, and why: the one outcome of mapping besides rows. */
package io.sluice.writer.map.reject;
