package io.sluice.writer.source;

import static java.util.stream.Collectors.toMap;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.ListShardsRequest;
import com.amazonaws.services.kinesis.model.ListShardsResult;
import com.amazonaws.services.kinesis.model.Shard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The shards of a stream as Kinesis lists them, asked for again when a shard has ended and now and
 * then. Used by the driver's one job at a time.
 */
public final class StreamShards {
  private static final Duration REFRESH = Duration.ofSeconds(60);

  private final AmazonKinesis kinesis;
  private final String stream;
  private final Clock clock;
  private List<Shard> shards = List.of();
  private Instant listedAt = Instant.MIN;

  public StreamShards(AmazonKinesis kinesis, String stream, Clock clock) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.clock = clock;
  }

  /** Every shard that the stream holds records of, closed ones included. */
  public List<Shard> list() {
    if (clock.instant().isAfter(listedAt.plus(REFRESH))) {
      shards = ask();
      listedAt = clock.instant();
    }
    return shards;
  }

  /** Asks again next time. */
  public void forget() {
    listedAt = Instant.MIN.plus(REFRESH);
  }

  /**
   * The listed parents of a shard: one after a split, two after a merge, none once they have
   * expired.
   */
  public static List<String> parents(Shard shard, Map<String, Shard> listed) {
    return Stream.of(shard.getParentShardId(), shard.getAdjacentParentShardId())
        .filter(Objects::nonNull)
        .filter(listed::containsKey)
        .toList();
  }

  public static Map<String, Shard> byId(List<Shard> shards) {
    return shards.stream().collect(toMap(Shard::getShardId, Function.identity()));
  }

  private List<Shard> ask() {
    List<Shard> found = new ArrayList<>();
    ListShardsResult page = kinesis.listShards(new ListShardsRequest().withStreamName(stream));
    found.addAll(page.getShards());
    while (page.getNextToken() != null) {
      page = kinesis.listShards(new ListShardsRequest().withNextToken(page.getNextToken()));
      found.addAll(page.getShards());
    }
    return List.copyOf(found);
  }
}
