package io.sluice.writer.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.MultipartUpload;
import io.sluice.common.store.ObjectBytes;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.StoredObject;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.FormatEncoder;
import io.sluice.writer.encode.RowBuffer;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.encode.TableLayout.LayoutColumn;
import io.sluice.writer.upload.UploadLimits;
import io.sluice.writer.upload.Uploads;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The CPU time from values to compressed files, against that of the bare codec over the same bytes,
 * which are prepared for it. Rounds are interleaved. {@code -Dfiles.benchmark=true}.
 */
@EnabledIfSystemProperty(named = "files.benchmark", matches = "true")
class WritePathSpeedIT {
  private static final int ROWS = 150_000;
  private static final int ROUNDS = 9;
  private static final UploadLimits LIMITS = new UploadLimits(1, 64L << 20, 16L << 20, 1);
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final Uploads uploads = new Uploads(LIMITS);
  private final byte[][] texts = texts();

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"CSV", "JSON"})
  void theWritePathCostsLittleMoreThanItsCodec(Format format) throws IOException {
    TableLayout table = table(format);
    byte[] prepared = prepared(table);
    double[] bare = new double[ROUNDS];
    double[] path = new double[ROUNDS];
    double[] encode = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      bare[i] = cpu(() -> compress(prepared));
      path[i] = cpu(() -> write(table));
      encode[i] = cpu(() -> encode(table));
    }

    double all = median(path);
    double ratio = all / median(bare);
    double withoutEncoding = (all - median(encode)) / median(bare);
    System.out.printf(
        "%s: %.0f MB, bare zstd %.0f ms, write path %.0f ms (%.2fx), of that encoding %.0f ms; without it %.2fx%n",
        format, prepared.length / 1e6, median(bare), all, ratio, median(encode), withoutEncoding);
    assertThat(withoutEncoding).isLessThan(1.2);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static double cpu(Work work) throws IOException {
    long before = CPU.getCurrentThreadCpuTime();
    work.run();
    return (CPU.getCurrentThreadCpuTime() - before) / 1e6;
  }

  private static double median(double[] values) {
    double[] later = Arrays.copyOfRange(values, 2, values.length);
    Arrays.sort(later);
    return later[later.length / 2];
  }

  private static void compress(byte[] bytes) throws IOException {
    try (OutputStream zstd = new ZstdOutputStreamNoFinalizer(OutputStream.nullOutputStream(), 1)) {
      for (int at = 0; at < bytes.length; at += 128 << 10) {
        zstd.write(bytes, at, Math.min(128 << 10, bytes.length - at));
      }
    }
  }

  private void write(TableLayout table) {
    FilePlan plan = new FilePlan(16 << 20, 96 << 20, 16, Map.of(), LIMITS);
    FileKeys keys = new FileKeys(BatchFolder.parse("s3://bucket/x"), Instant.EPOCH, 0, "a");
    try (TaskFiles files = new TaskFiles(plan, keys, new Nowhere(), uploads)) {
      for (int i = 0; i < ROWS; i++) {
        row(files.row(table), i);
        files.keep(Instant.EPOCH);
      }
      files.finish();
    }
  }

  private void encode(TableLayout table) {
    RowBuffer out = new RowBuffer(64 << 10);
    FormatEncoder encoder = FormatEncoder.of(table, out);
    for (int i = 0; i < ROWS; i++) {
      encoder.begin();
      row(encoder, i);
      encoder.end();
      out.truncate(0);
    }
  }

  private byte[] prepared(TableLayout table) {
    RowBuffer out = new RowBuffer(64 << 20);
    FormatEncoder encoder = FormatEncoder.of(table, out);
    for (int i = 0; i < ROWS; i++) {
      encoder.begin();
      row(encoder, i);
      encoder.end();
    }
    return Arrays.copyOf(out.bytes(), out.length());
  }

  private void row(RowEncoder row, int i) {
    row.number(1_000_000L + i * 7L);
    row.timestamp(1_795_000_000_000_000L + i * 1_234_567L);
    for (int column = 0; column < 6; column++) {
      byte[] text = texts[(i * 31 + column * 977) % texts.length];
      row.text(text, 0, text.length);
    }
    row.bool(i % 3 == 0);
    row.date(20_000 + i % 300);
  }

  private static byte[][] texts() {
    Random random = new Random(1);
    String[] words = new String[500];
    for (int i = 0; i < words.length; i++) {
      words[i] = Long.toString(random.nextLong() >>> 8, 36).substring(0, 3 + random.nextInt(6));
    }
    byte[][] texts = new byte[10_007][];
    for (int i = 0; i < texts.length; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = random.nextInt(6); w >= 0; w--) {
        text.append(words[(int) (words.length * Math.pow(random.nextDouble(), 3))]).append(' ');
      }
      texts[i] = text.toString().strip().getBytes(StandardCharsets.UTF_8);
    }
    return texts;
  }

  private static TableLayout table(Format format) {
    FileFormat file =
        format == Format.CSV
            ? FileFormat.csvZstd()
            : new FileFormat(format, Compression.ZSTD, null, null);
    return new TableLayout(
        TableName.parse("t"),
        List.of(
            column("id", "bigint"),
            column("at", "timestamp"),
            column("kind", "varchar(99)"),
            column("source", "varchar(99)"),
            column("target", "varchar(99)"),
            column("agent", "varchar(99)"),
            column("path", "varchar(99)"),
            column("note", "varchar(99)"),
            column("ok", "boolean"),
            column("day", "date")),
        file,
        0);
  }

  private static LayoutColumn column(String name, String type) {
    return new LayoutColumn(name, ColumnType.parse(type));
  }

  /** A store that takes everything and keeps nothing. */
  private static final class Nowhere implements ObjectStore {
    @Override
    public void put(String key, ObjectBytes body) {}

    @Override
    public MultipartUpload upload(String key) {
      throw new IllegalStateException("files are small here");
    }

    @Override
    public boolean putIfAbsent(String key, byte[] body) {
      throw new IllegalStateException("nothing is committed here");
    }

    @Override
    public Optional<byte[]> get(String key) {
      return Optional.empty();
    }

    @Override
    public boolean exists(String key) {
      return false;
    }

    @Override
    public void delete(String key) {
      throw new UnsupportedOperationException(key);
    }

    @Override
    public Iterator<StoredObject> list(String prefix, String after) {
      return Collections.emptyIterator();
    }
  }
}
