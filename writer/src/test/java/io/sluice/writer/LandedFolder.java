package io.sluice.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.ListObjectsV2Request;
import com.amazonaws.services.s3.model.ListObjectsV2Result;
import com.amazonaws.services.s3.model.S3ObjectSummary;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.store.S3ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** A batch folder as a reader finds it: only what manifests name is real. */
final class LandedFolder {
  private static final JsonMapper JSON = new JsonMapper();

  private final AmazonS3 s3;
  private final BatchFolder folder;
  private final S3ObjectStore store;
  private final ManifestLog log;
  private final List<Manifest> known = new ArrayList<>();

  LandedFolder(AmazonS3 s3, BatchFolder folder) {
    this.s3 = s3;
    this.folder = folder;
    this.store = new S3ObjectStore(s3, folder.bucket());
    this.log = new ManifestLog(store, folder, Duration.ofSeconds(30));
  }

  /** The log up to its first gap; a manifest never changes, so each is read once. */
  List<Manifest> manifests() {
    for (Optional<Manifest> next = log.read(known.size() + 1L);
        next.isPresent();
        next = log.read(known.size() + 1L)) {
      known.add(next.get());
    }
    return List.copyOf(known);
  }

  /** There is no manifest behind a gap. */
  void assertLogIsDense() {
    List<String> numbers =
        keys().stream().filter(key -> key.matches(".*/_manifests/[0-9]+\\.json")).toList();

    assertThat(numbers).hasSameSizeAs(manifests());
    assertThat(log.lastNumber()).isEqualTo(numbers.size());
  }

  /** The records that are committed, as rows or as rejects. */
  long committed() {
    return manifests().stream()
        .flatMap(manifest -> manifest.sources().stream())
        .mapToLong(SourceProgress::records)
        .sum();
  }

  /** The first fields of all rows. */
  List<Long> ids() {
    return manifests().stream()
        .flatMap(manifest -> manifest.batches().stream())
        .flatMap(batch -> batch.files().stream())
        .flatMap(this::lines)
        .map(line -> Long.valueOf(line.split(",", 2)[0]))
        .toList();
  }

  /** The lines of all files of rejects. */
  List<JsonNode> rejects() {
    return manifests().stream()
        .flatMap(manifest -> manifest.rejects().files().stream())
        .flatMap(this::lines)
        .map(LandedFolder::json)
        .toList();
  }

  /** Files that no manifest names: what killed or fenced runs have left behind. */
  Set<String> orphans() {
    Set<String> keys = keys();
    keys.removeIf(key -> key.contains("/_manifests/"));
    manifests().stream()
        .flatMap(LandedFolder::files)
        .forEach(file -> assertThat(keys.remove(folder.key(file.key()))).isTrue());
    return keys;
  }

  /** Each shard's ranges follow each other, and every manifest's marks are where they end. */
  void assertMarksAreContiguous() {
    Map<String, Mark> reached = new HashMap<>();
    for (Manifest manifest : manifests()) {
      SourceProgress source = manifest.sources().get(0);
      for (ShardRange range : source.ranges()) {
        Mark before = reached.put(range.shard(), range.to());
        assertThat(before == null || before.compareTo(range.from()) < 0).isTrue();
      }
      Map<String, Mark> marks = new HashMap<>();
      for (ShardMark mark : source.marks()) {
        mark.mark().ifPresent(at -> marks.put(mark.shard(), at));
      }
      assertThat(marks).as("marks of manifest %d", manifest.number()).isEqualTo(reached);
    }
  }

  private Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    ListObjectsV2Request request =
        new ListObjectsV2Request()
            .withBucketName(folder.bucket())
            .withPrefix(folder.prefix() + "/");
    ListObjectsV2Result page;
    do {
      page = s3.listObjectsV2(request);
      page.getObjectSummaries().stream().map(S3ObjectSummary::getKey).forEach(keys::add);
      request.setContinuationToken(page.getNextContinuationToken());
    } while (page.isTruncated());
    return keys;
  }

  private static Stream<DataFile> files(Manifest manifest) {
    List<DataFile> files = new ArrayList<>(manifest.rejects().files());
    manifest.batches().forEach(batch -> files.addAll(batch.files()));
    return files.stream();
  }

  /** The lines of a file, which must be what the manifest says of it. */
  private Stream<String> lines(DataFile file) {
    byte[] body = store.get(folder.key(file.key())).orElseThrow();
    CRC32C crc = new CRC32C();
    crc.update(body);
    assertThat(file.checksum()).isEqualTo("crc32c:%08x".formatted(crc.getValue()));
    assertThat(file.bytes()).isEqualTo(body.length);
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(body))) {
      byte[] text = in.readAllBytes();
      List<String> lines = new String(text, UTF_8).lines().toList();
      assertThat(file.uncompressedBytes()).isEqualTo(text.length);
      assertThat(file.rows()).isEqualTo(lines.size());
      return lines.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
