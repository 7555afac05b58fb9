/** The tables that rows are for: their columns, how each is filled, and the settings of both. */
package io.sluice.writer.map.table;
