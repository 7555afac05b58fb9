/**
 * The benchmarks, as far as they need no Spark: what is written, how results are judged and told,
 * the end-to-end runs of the built writer, and the loader beside raw COPYs. The comparisons inside
 * a Spark job are in the module {@code docker/acceptance/benchmark}, which only the profile builds.
 */
package io.sluice.acceptance.benchmark;
