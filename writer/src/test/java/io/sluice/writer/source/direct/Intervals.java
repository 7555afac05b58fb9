package io.sluice.writer.source.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.kinesis.AmazonKinesis;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.WriterRun;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Drives a source as the driver does, interval by interval, and keeps what was committed. */
final class Intervals {
  private SourceConfig config;
  private final AwsSettings aws;
  private final AmazonKinesis kinesis;
  private final ShardReaders readers;
  private final List<Read> read = new ArrayList<>();
  private DirectSource source;
  private List<SourceProgress> progress = List.of();

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
    this.readers =
        new ShardReaders(
            kinesis,
            ReadPlan.of(aws, config.direct(), UUID.randomUUID().toString(), Duration.ofSeconds(1)),
            ReadAhead.ofThisJvm(),
            "executor_localhost_driver",
            Clock.systemUTC());
  }

  /** Other settings, from the next start on. */
  Intervals with(SourceConfig other) {
    config = other;
    return this;
  }

  /** A first start, or one after a death: all that is known is what the last manifest says. */
  Intervals start() {
    source = new DirectSource(config, aws, Clock.systemUTC(), kinesis);
    progress = source.resume(progress.isEmpty() ? progress : written(progress));
    return this;
  }

  /** One interval that is committed; tells how many records it took. */
  int commitOne() {
    List<SliceEnd> ends = new ArrayList<>();
    List<Read> taken = new ArrayList<>();
    source.plan().forEach(plan -> taken.addAll(readOne(plan, ends)));
    progress = source.after(ends);
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

  /** Of the only stream. */
  SourceProgress progress() {
    assertThat(progress).hasSize(1);
    return progress.get(0);
  }

  /** Of all streams, as the last manifest has it. */
  List<SourceProgress> allProgress() {
    return progress;
  }

  List<Read> read() {
    return List.copyOf(read);
  }

  List<String> texts() {
    return read.stream().map(Read::text).toList();
  }

  /** What was read of one of the streams. */
  List<String> texts(TestStream stream) {
    return read.stream()
        .filter(one -> one.record().stream().equals(stream.name()))
        .map(Read::text)
        .toList();
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
    return progress().marks().stream()
        .filter(mark -> mark.shard().equals(shard))
        .findFirst()
        .orElse(ShardMark.unread(shard));
  }

  private List<Read> readOne(ShardPlan plan, List<SliceEnd> ends) {
    ShardReader reader = readers.open(plan);
    List<Read> slice = new ArrayList<>();
    reader.records().forEachRemaining(record -> slice.add(new Read(reader.shard(), record)));
    ends.add(reader.end());
    return slice;
  }

  /** As the next run reads it from the log. */
  private static List<SourceProgress> written(List<SourceProgress> progress) {
    Manifest manifest =
        new Manifest(
            1,
            Manifest.Kind.TAKEOVER,
            new WriterRun("test", "host/1", "a"),
            Instant.EPOCH,
            Duration.ofSeconds(1),
            progress,
            List.of(),
            Rejects.none(),
            Instant.EPOCH);
    return ContractJson.readManifest(ContractJson.write(manifest)).sources();
  }
}
