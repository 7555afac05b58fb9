package io.sluice.acceptance.benchmark.endtoend;

import io.sluice.acceptance.benchmark.Spread;
import io.sluice.acceptance.benchmark.endtoend.SteadyProducer.Arrival;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ShardRange;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How old records are when they are committed: from their arrival in the stream to the manifest
 * that makes their files real, in seconds.
 *
 * @param interval the batch interval, in seconds
 */
public record Freshness(
    SourceKind source,
    double interval,
    int recordsASecond,
    long records,
    double p50,
    double p99,
    double max) {
  /**
   * Finds the commit of each record.
   *
   * @throws IllegalStateException if a record has none
   */
  static Freshness of(
      SourceKind source,
      Duration interval,
      int recordsASecond,
      List<Arrival> arrivals,
      List<Manifest> manifests) {
    Map<String, TreeMap<BigInteger, Instant>> commits = commits(manifests);
    List<Double> ages = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals) {
      var commit =
          commits
              .getOrDefault(arrival.shard(), new TreeMap<>())
              .ceilingEntry(arrival.sequenceNumber());
      if (commit == null) {
        throw new IllegalStateException("no manifest has " + arrival);
      }
      ages.add(Duration.between(arrival.at(), commit.getValue()).toMillis() / 1000.0);
    }
    return new Freshness(
        source,
        interval.toMillis() / 1000.0,
        recordsASecond,
        ages.size(),
        Spread.percentile(ages, 0.5),
        Spread.percentile(ages, 0.99),
        Spread.percentile(ages, 1));
  }

  /** By shard: when everything up to a sequence number was committed. */
  private static Map<String, TreeMap<BigInteger, Instant>> commits(List<Manifest> manifests) {
    Map<String, TreeMap<BigInteger, Instant>> commits = new HashMap<>();
    for (Manifest manifest : manifests) {
      for (ShardRange range :
          manifest.sources().stream().flatMap(source -> source.ranges().stream()).toList()) {
        commits
            .computeIfAbsent(range.shard(), shard -> new TreeMap<>())
            .put(range.to().sequenceNumber(), manifest.createdAt());
      }
    }
    return commits;
  }
}
