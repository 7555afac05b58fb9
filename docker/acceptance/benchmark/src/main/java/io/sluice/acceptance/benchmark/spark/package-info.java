/** The writer and its peers inside one Spark job: what each lands, and how it is measured. */
package io.sluice.acceptance.benchmark.spark;
