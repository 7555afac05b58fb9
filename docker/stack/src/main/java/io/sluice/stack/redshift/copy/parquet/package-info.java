/**
 * Parquet files, before COPY's formats make rows of them: footer, pages, records. The encodings are
 * parquet-column's, the bytes under them are read here, since parquet-hadoop needs Hadoop.
 */
package io.sluice.stack.redshift.copy.parquet;
