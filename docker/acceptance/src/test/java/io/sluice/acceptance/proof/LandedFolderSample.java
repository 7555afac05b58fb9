package io.sluice.acceptance.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import io.sluice.common.manifest.TableName;
import io.sluice.common.manifest.WriterRun;
import io.sluice.common.store.InMemoryObjectStore;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** A batch folder in memory, put together manifest by manifest, sound or not. */
final class LandedFolderSample {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static final BatchFolder FOLDER = new BatchFolder("bucket", "events");
  private static final List<Column> COLUMNS =
      List.of(new Column("id", "bigint"), new Column("note", "varchar(8)"));

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final List<Manifest> manifests = new ArrayList<>();
  private final Set<String> keys = new TreeSet<>();
  private List<ShardMark> marks = List.of();
  private List<ShardRange> ranges = List.of();
  private final List<DataFile> rows = new ArrayList<>();
  private final List<DataFile> rejects = new ArrayList<>();

  /** What a shard has given and where it stands: records {@code from} to {@code to}. */
  LandedFolderSample took(String shard, long from, long to, boolean ended) {
    ShardMark mark = new ShardMark(shard, BigInteger.valueOf(to), 0, ended);
    List<ShardMark> now = new ArrayList<>(marks);
    now.removeIf(before -> before.shard().equals(shard));
    now.add(mark);
    marks = now;
    List<ShardRange> all = new ArrayList<>(ranges);
    all.add(new ShardRange(shard, mark(from), mark(to), to - from + 1));
    ranges = all;
    return this;
  }

  LandedFolderSample rows(String name, String csv) {
    rows.add(file(part("public.events", name), csv));
    return this;
  }

  LandedFolderSample rejects(String name, String lines) {
    rejects.add(file(part("_rejects", name), lines));
    return this;
  }

  /** An object that no manifest names. */
  LandedFolderSample object(String key) {
    keys.add(key);
    return this;
  }

  /** Overwrites an object. */
  LandedFolderSample damage(String name) {
    store.put(FOLDER.key(part("public.events", name)), new byte[] {1, 2, 3});
    return this;
  }

  LandedFolderSample takeover(String attempt) {
    return append(Manifest.Kind.TAKEOVER, attempt, List.of(), Rejects.none());
  }

  LandedFolderSample commit(String attempt, Map<String, Long> reasons) {
    List<Batch> batches =
        rows.isEmpty()
            ? List.of()
            : List.of(
                new Batch(
                    TableName.parse("events"), COLUMNS, FileFormat.csvZstd(), rows, NOON, NOON));
    append(Manifest.Kind.BATCH, attempt, batches, new Rejects(rejects, reasons));
    rows.clear();
    rejects.clear();
    ranges = List.of();
    return this;
  }

  FolderView view() {
    return new FolderView(FOLDER, store, manifests, keys);
  }

  private LandedFolderSample append(
      Manifest.Kind kind, String attempt, List<Batch> batches, Rejects refused) {
    long number = manifests.size() + 1L;
    Manifest manifest =
        new Manifest(
            number,
            kind,
            new WriterRun("test", "1@host", attempt),
            NOON.plusSeconds(number),
            Duration.ofSeconds(1),
            List.of(
                new SourceProgress(
                    "events", "arn", NOON, StartPosition.trimHorizon(), ranges, marks)),
            batches,
            refused,
            NOON.plusSeconds(number));
    manifests.add(manifest);
    String key = BatchFolder.manifest(number);
    keys.add(key);
    store.put(FOLDER.key(key), ContractJson.write(manifest));
    return this;
  }

  private static String part(String folder, String name) {
    return BatchFolder.interval(NOON) + "/" + folder + "/part-00000-" + name;
  }

  private DataFile file(String key, String text) {
    byte[] plain = text.getBytes(UTF_8);
    byte[] body = Zstd.compress(plain);
    CRC32C crc = new CRC32C();
    crc.update(body);
    store.put(FOLDER.key(key), body);
    keys.add(key);
    return new DataFile(
        key,
        text.lines().count(),
        body.length,
        plain.length,
        "crc32c:%08x".formatted(crc.getValue()));
  }

  private static Mark mark(long sequenceNumber) {
    return new Mark(BigInteger.valueOf(sequenceNumber), 0);
  }
}
