package io.sluice.stack.kinesis.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.Stream;
import io.sluice.stack.kinesis.store.Streams;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** The actions on the labels of a stream. */
final class TagOperations {
  private static final int MAX_TAGS = 50;
  private static final int MAX_TAGS_A_CALL = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;

  private final Streams streams;

  TagOperations(Streams streams) {
    this.streams = streams;
  }

  record AddTagsRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("Tags") Map<String, String> tags)
      implements StreamTarget {}

  Void add(AddTagsRequest request) {
    validate(request.tags());
    Stream stream = streams.usable(request.requiredStream());
    NavigableMap<String, String> all = new TreeMap<>(stream.tags());
    all.putAll(request.tags());
    if (all.size() > MAX_TAGS) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "Failed to add tags to stream %s under account %s because a given stream cannot have more"
                  .formatted(stream.name(), streams.settings().account())
              + " than %d tags associated with it.".formatted(MAX_TAGS));
    }
    stream.tags().putAll(request.tags());
    return null;
  }

  /** Checks the tags of a call; also those of CreateStream. */
  static void validate(Map<String, String> tags) {
    Validation validation = new Validation().required("tags", tags);
    validation.check();
    validation.length("tags", tags.size(), 1, MAX_TAGS_A_CALL);
    tags.forEach(
        (key, value) ->
            validation
                .length("tags.key", key.length(), 1, MAX_KEY)
                .length("tags.value", value == null ? 0 : value.length(), 0, MAX_VALUE));
    validation.check();
  }

  record RemoveTagsRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("TagKeys") List<String> tagKeys)
      implements StreamTarget {}

  Void remove(RemoveTagsRequest request) {
    new Validation()
        .required("tagKeys", request.tagKeys())
        .size("tagKeys", request.tagKeys(), 1, MAX_TAGS_A_CALL)
        .check();
    streams.usable(request.requiredStream()).tags().keySet().removeAll(request.tagKeys());
    return null;
  }

  record ListTagsRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("ExclusiveStartTagKey") String exclusiveStartTagKey,
      @JsonProperty("Limit") Integer limit)
      implements StreamTarget {}

  record Tag(@JsonProperty("Key") String key, @JsonProperty("Value") String value) {}

  record ListTagsAnswer(
      @JsonProperty("Tags") List<Tag> tags, @JsonProperty("HasMoreTags") boolean hasMoreTags) {}

  ListTagsAnswer list(ListTagsRequest request) {
    new Validation()
        .atLeast("limit", request.limit(), 1)
        .atMost("limit", request.limit(), MAX_TAGS)
        .check();
    Stream stream = streams.existing(request.requiredStream());
    String after = Objects.requireNonNullElse(request.exclusiveStartTagKey(), "");
    List<Tag> rest =
        stream.tags().tailMap(after, false).entrySet().stream()
            .map(entry -> new Tag(entry.getKey(), entry.getValue()))
            .toList();
    int limit = Objects.requireNonNullElse(request.limit(), MAX_TAGS);
    List<Tag> page = rest.subList(0, Math.min(limit, rest.size()));
    return new ListTagsAnswer(page, page.size() < rest.size());
  }
}
