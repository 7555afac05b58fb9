/**
 * The writer's benchmark, as far as it needs no Spark: what is written, how results are judged and
 * told, and the end-to-end runs of the built writer. The comparisons inside a Spark job are in the
 * module {@code docker/acceptance/benchmark}, which only the profile builds.
 */
package io.sluice.acceptance.benchmark;
