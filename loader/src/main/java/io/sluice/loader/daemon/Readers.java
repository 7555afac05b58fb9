package io.sluice.loader.daemon;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * The threads that read manifests ahead, for each bucket its own: those of one that does not answer
 * are soon all waiting.
 */
final class Readers implements AutoCloseable {
  /** An answer of S3 takes some 20 ms, and a load may have hundreds of manifests. */
  private static final int A_BUCKET = 8;

  private final Map<String, ExecutorService> byBucket = new ConcurrentHashMap<>();

  Executor of(String bucket) {
    return byBucket.computeIfAbsent(
        bucket, name -> ShortThreads.of("manifests-" + name + "-", A_BUCKET));
  }

  @Override
  public void close() {
    byBucket.values().forEach(ExecutorService::shutdownNow);
  }
}
