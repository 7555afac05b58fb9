package io.sluice.stack.redshift;

import com.github.luben.zstd.Zstd;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.copy.source.ObjectException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Objects of one bucket in memory, some of which can be made to fail or to stream on and on. */
public final class InMemoryObjects implements CopyObjects {
  /** The one bucket. */
  public static final String BUCKET = "lake";

  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Kind> failures = new ConcurrentHashMap<>();
  private final Map<String, Supplier<InputStream>> streams = new ConcurrentHashMap<>();
  private final Map<String, Runnable> stalls = new ConcurrentHashMap<>();

  /** Stores a text and returns its URL. */
  public String put(String key, String text) {
    return put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Stores bytes and returns their URL. */
  public String put(String key, byte[] bytes) {
    objects.put(key, bytes);
    return new S3Url(BUCKET, key).toString();
  }

  /** Stores a manifest of mandatory files and returns its URL. */
  public String putManifest(String key, String... urls) {
    String entries =
        Stream.of(urls)
            .map("{\"url\":\"%s\",\"mandatory\":true}"::formatted)
            .collect(Collectors.joining(","));
    return put(key, "{\"entries\":[" + entries + "]}");
  }

  /** From now on, opening or asking for this object fails so. */
  public void fail(String key, Kind kind) {
    failures.put(key, kind);
  }

  /** From now on, listing this prefix runs {@code stall} first. */
  public void stall(String prefix, Runnable stall) {
    stalls.put(prefix, stall);
  }

  /** An object that is made as it is read; returns its URL. */
  public String stream(String key, Supplier<InputStream> contents) {
    streams.put(key, contents);
    return put(key, new byte[1]);
  }

  /** Gzip of the text. */
  public static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Zstandard of the text. */
  public static byte[] zstd(String text) {
    return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<StoredObject> list(String bucket, String prefix) throws ObjectException {
    check(bucket, prefix);
    stalls.getOrDefault(prefix, () -> {}).run();
    return objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix))
        .map(object -> new StoredObject(object.getKey(), object.getValue().length))
        .toList();
  }

  @Override
  public OptionalLong size(String bucket, String key) throws ObjectException {
    check(bucket, key);
    byte[] bytes = objects.get(key);
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
  }

  @Override
  public InputStream open(String bucket, String key) throws ObjectException {
    check(bucket, key);
    byte[] bytes = objects.get(key);
    if (bytes == null) {
      throw new ObjectException(Kind.NOT_FOUND, new S3Url(bucket, key).toString());
    }
    return streams.getOrDefault(key, () -> new ByteArrayInputStream(bytes)).get();
  }

  private void check(String bucket, String key) throws ObjectException {
    if (!bucket.equals(BUCKET)) {
      throw new ObjectException(Kind.NO_SUCH_BUCKET, new S3Url(bucket, key).toString());
    }
    Kind failure = failures.get(key);
    if (failure != null) {
      throw new ObjectException(failure, new S3Url(bucket, key).toString());
    }
  }
}
