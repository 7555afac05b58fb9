package io.sluice.writer.source;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.amazonaws.services.kinesis.AmazonKinesis;
import io.sluice.common.manifest.SourceProgress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The streams of one writer. Those that the log knows and the settings no longer name keep their
 * progress, so that they can come back. For one thread at a time.
 */
public final class TrackedStreams {
  private final List<TrackedStream> streams;
  private List<SourceProgress> retired = List.of();

  public TrackedStreams(AmazonKinesis kinesis, SourceConfig config, Clock clock) {
    this.streams =
        config.streams().stream()
            .map(name -> new TrackedStream(kinesis, config, name, clock))
            .toList();
  }

  /** The streams that are read, in the order of the settings. */
  public List<TrackedStream> streams() {
    return streams;
  }

  /** As {@link Source#resume}. */
  public List<SourceProgress> resume(List<SourceProgress> committed) {
    Map<String, SourceProgress> before =
        committed.stream().collect(toMap(SourceProgress::stream, Function.identity()));
    streams.forEach(stream -> stream.resume(Optional.ofNullable(before.remove(stream.name()))));
    retired =
        withoutRanges(
            committed.stream().filter(progress -> before.containsKey(progress.stream())).toList());
    return progress(streams.stream().map(TrackedStream::progress));
  }

  /** As {@link Source#after}. */
  public List<SourceProgress> after(List<SliceEnd> ends) {
    Map<String, List<SliceEnd>> byStream = ends.stream().collect(groupingBy(SliceEnd::stream));
    return progress(
        streams.stream()
            .map(stream -> stream.after(byStream.getOrDefault(stream.name(), List.of()))));
  }

  /** As {@link Source#committed}. */
  public void committed(List<SourceProgress> progress) {
    Map<String, SourceProgress> byStream =
        progress.stream().collect(toMap(SourceProgress::stream, Function.identity()));
    streams.forEach(stream -> stream.committed(byStream.get(stream.name())));
  }

  private List<SourceProgress> progress(Stream<SourceProgress> read) {
    return Stream.concat(read, retired.stream()).toList();
  }

  /** The same, of an interval that took nothing. */
  static List<SourceProgress> withoutRanges(List<SourceProgress> streams) {
    return streams.stream().map(TrackedStreams::withoutRanges).toList();
  }

  private static SourceProgress withoutRanges(SourceProgress progress) {
    return new SourceProgress(
        progress.stream(),
        progress.arn(),
        progress.streamCreatedAt(),
        progress.start(),
        List.of(),
        progress.marks());
  }
}
