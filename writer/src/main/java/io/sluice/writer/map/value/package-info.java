/**
 * Fills a column: a value of a document, of Java or of the settings is held against the column's
 * type by one set of rules, as COPY would check it, and handed to the encoder or refused.
 */
package io.sluice.writer.map.value;
