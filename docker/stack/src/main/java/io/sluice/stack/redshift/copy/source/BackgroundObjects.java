package io.sluice.stack.redshift.copy.source;

import io.sluice.stack.redshift.copy.Cancellation;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.source.ObjectException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The object store as one COPY uses it: every call runs on a thread of its own, so that a
 * cancellation ends the wait for it even if the store heeds neither close nor interrupt, and
 * objects are read ahead. Used by one thread. What a store throws beyond {@link ObjectException} is
 * told as one.
 */
public final class BackgroundObjects implements CopyObjects, AutoCloseable {
  private final CopyObjects objects;
  private final Cancellation cancellation;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> daemon(task, "redshift-objects"));

  /** Asks {@code objects} until {@code cancellation} says otherwise. */
  public BackgroundObjects(CopyObjects objects, Cancellation cancellation) {
    this.objects = objects;
    this.cancellation = cancellation;
  }

  @Override
  public List<StoredObject> list(String bucket, String prefix) throws ObjectException {
    return call(new S3Url(bucket, prefix), () -> objects.list(bucket, prefix));
  }

  @Override
  public OptionalLong size(String bucket, String key) throws ObjectException {
    return call(new S3Url(bucket, key), () -> objects.size(bucket, key));
  }

  @Override
  public InputStream open(String bucket, String key) throws ObjectException {
    S3Url url = new S3Url(bucket, key);
    InputStream opened = call(url, () -> objects.open(bucket, key));
    return new ReadAhead(opened, url, worker, cancellation);
  }

  /** Interrupts a call that is still under way, and does not wait for it. */
  @Override
  public void close() {
    worker.shutdownNow();
  }

  private <T> T call(S3Url url, Callable<T> question) throws ObjectException {
    Future<T> answer = worker.submit(question);
    try {
      while (!cancellation.isCancelled()) {
        try {
          return answer.get(Cancellation.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // Not yet: asks again whether the answer is still wanted.
        }
      }
    } catch (ExecutionException e) {
      throw told(e.getCause(), url);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answer.cancel(true);
    throw new ObjectException(Kind.FAILED, url.toString());
  }

  static ObjectException told(Throwable failure, S3Url url) {
    return failure instanceof ObjectException known
        ? known
        : new ObjectException(Kind.FAILED, url.toString(), failure);
  }

  /** Closes a stream that nobody waits for any more; the close itself may wait for a read. */
  static void closeAside(InputStream abandoned) {
    daemon(
            () -> {
              try {
                abandoned.close();
              } catch (IOException e) {
                // Its contents are not wanted any more, so neither is its complaint.
              }
            },
            "redshift-objects-close")
        .start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
