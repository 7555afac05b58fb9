package io.sluice.stack.kinesis.store;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** All streams of the one account and region. Thread-safe. */
public final class Streams {
  private final StoreSettings settings;
  private final ConcurrentSkipListMap<String, Stream> streams = new ConcurrentSkipListMap<>();
  private final RecordMemory memory;

  /** No streams yet. */
  public Streams(StoreSettings settings) {
    this.settings = requireNonNull(settings, "settings");
    this.memory = new RecordMemory(settings.memory(), this::allShards);
  }

  /** How the streams behave. */
  public StoreSettings settings() {
    return settings;
  }

  /** Creates a stream and gives it back; it becomes ACTIVE after the transition time. */
  public Stream create(String name, StreamMode mode, int shardCount) {
    Stream created = new Stream(name, mode, shardCount, settings, memory);
    Stream kept = streams.compute(name, (key, old) -> old == null || old.isGone() ? created : old);
    if (kept != created) {
      throw new KinesisException(
          Kind.RESOURCE_IN_USE,
          "Stream %s under account %s already exists.".formatted(name, settings.account()));
    }
    return created;
  }

  /** Begins to delete a stream; it is gone after the transition time. */
  public void delete(String name) {
    existing(name).delete();
  }

  /** The names of all streams in order. */
  public List<String> names() {
    return all().stream().map(Stream::name).toList();
  }

  /** All streams in the order of their names. */
  public List<Stream> all() {
    return streams.values().stream().filter(stream -> !stream.isGone()).toList();
  }

  /** The stream of this name, whatever it is doing. */
  public Stream existing(String name) {
    Stream stream = streams.get(name);
    if (stream == null || stream.isGone()) {
      throw new KinesisException(
          Kind.RESOURCE_NOT_FOUND,
          "Stream %s under account %s not found.".formatted(name, settings.account()));
    }
    return stream;
  }

  /** The stream of this name, if records can be put into it and read from it. */
  public Stream usable(String name) {
    Stream stream = existing(name);
    StreamStatus status = stream.status();
    if (status == StreamStatus.CREATING || status == StreamStatus.DELETING) {
      throw new KinesisException(
          Kind.RESOURCE_NOT_FOUND,
          "Stream %s under account %s not found, it is %s."
              .formatted(name, settings.account(), status));
    }
    return stream;
  }

  private List<Shard> allShards() {
    return streams.values().stream().flatMap(stream -> stream.everyShard().stream()).toList();
  }
}
