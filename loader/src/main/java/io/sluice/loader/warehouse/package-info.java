/**
 * Fourth step of the data path: the warehouse in our own words, its Redshift form, and what its
 * failures mean. The only package that knows JDBC.
 */
package io.sluice.loader.warehouse;
