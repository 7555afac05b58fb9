package io.sluice.writer.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.kinesis.AmazonKinesis;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.WriterRun;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Drives a source as the driver does, interval by interval, and keeps what was committed. */
final class Intervals {
  private final SourceConfig config;
  private final AwsSettings aws;
  private final AmazonKinesis kinesis;
  private final List<Read> read = new ArrayList<>();
  private DirectSource source;
  private SourceProgress progress;

  /** One committed record. */
  record Read(String shard, SourceRecord record) {
    String text() {
      return new String(record.bytes(), StandardCharsets.UTF_8);
    }
  }

  Intervals(SourceConfig config, AwsSettings aws, AmazonKinesis kinesis) {
    this.config = config;
    this.aws = aws;
    this.kinesis = kinesis;
  }

  /** A first start, or one after a death: all that is known is what the last manifest says. */
  Intervals start() {
    Optional<SourceProgress> committed = Optional.ofNullable(progress).map(Intervals::written);
    source = new DirectSource(config, aws, Clock.systemUTC(), kinesis);
    progress = source.resume(committed);
    return this;
  }

  /** One interval that is committed; tells how many records it took. */
  int commitOne() {
    List<SliceEnd> ends = new ArrayList<>();
    List<Read> taken = new ArrayList<>();
    List<ShardRange> ranges = new ArrayList<>();
    for (ShardPlan plan : source.plan()) {
      List<Read> slice = readOne(plan, ends);
      if (!slice.isEmpty()) {
        ranges.add(
            new ShardRange(
                plan.mark().shard(),
                slice.get(0).record().mark(),
                slice.get(slice.size() - 1).record().mark(),
                slice.size()));
      }
      taken.addAll(slice);
    }
    progress = source.after(ranges, ends);
    source.committed(progress, ends);
    read.addAll(taken);
    return taken.size();
  }

  /** One interval whose commit never happens. */
  void loseOne() {
    source.plan().forEach(plan -> readOne(plan, new ArrayList<>()));
  }

  /** Intervals until so many records are committed; fails when they do not come. */
  void commitUntil(int records) {
    for (int i = 0; read.size() < records && i < 100; i++) {
      commitOne();
    }
    assertThat(read).hasSize(records);
  }

  List<ShardPlan> plan() {
    return source.plan();
  }

  SourceProgress progress() {
    return progress;
  }

  List<Read> read() {
    return List.copyOf(read);
  }

  List<String> texts() {
    return read.stream().map(Read::text).toList();
  }

  /** What was read of each key, in the order of reading. */
  Map<String, List<String>> textsByKey() {
    Map<String, List<String>> byKey = new TreeMap<>();
    texts()
        .forEach(
            text ->
                byKey
                    .computeIfAbsent(text.substring(0, text.indexOf(':')), k -> new ArrayList<>())
                    .add(text));
    return byKey;
  }

  ShardMark mark(String shard) {
    return progress.marks().stream()
        .filter(mark -> mark.shard().equals(shard))
        .findFirst()
        .orElse(ShardMark.unread(shard));
  }

  private List<Read> readOne(ShardPlan plan, List<SliceEnd> ends) {
    ShardReader reader =
        new ShardReader(kinesis, config.stream(), plan, config.limits(), Clock.systemUTC());
    List<Read> slice = new ArrayList<>();
    reader.records().forEachRemaining(record -> slice.add(new Read(reader.shard(), record)));
    ends.add(reader.end());
    return slice;
  }

  /** As the next run reads it from the log. */
  private static SourceProgress written(SourceProgress progress) {
    Manifest manifest =
        new Manifest(
            1,
            Manifest.Kind.TAKEOVER,
            new WriterRun("test", "host/1", "a"),
            Instant.EPOCH,
            Duration.ofSeconds(1),
            List.of(progress),
            List.of(),
            Rejects.none(),
            Instant.EPOCH);
    return ContractJson.readManifest(ContractJson.write(manifest)).sources().get(0);
  }
}
