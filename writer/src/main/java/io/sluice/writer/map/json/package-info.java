/**
 * Finds the values of a document in one pass, by {@link io.sluice.writer.map.json.JsonScanner} as
 * long as it is plain and by Jackson when it is not. Both leave byte ranges behind.
 */
package io.sluice.writer.map.json;
