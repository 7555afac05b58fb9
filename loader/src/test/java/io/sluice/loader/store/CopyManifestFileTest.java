package io.sluice.loader.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.common.store.ObjectStoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CopyManifestFileTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final CopyManifest LIKELY = new CopyManifest(Map.of("s3://bucket/x/a", 1L));
  private static final CopyManifest OTHER = new CopyManifest(Map.of("s3://bucket/x/b", 2L));
  private static final Executor LATE = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final InMemoryObjectStore bucket = new InMemoryObjectStore();

  @Test
  void storesOnceWhatWasExpected() {
    CopyManifestFile file = file(LATE);
    file.begin(LIKELY);

    String address = file.put(LIKELY);

    assertThat(address).isEqualTo("s3://bucket/x/_copy/load-1.manifest");
    assertThat(stored()).isEqualTo(LIKELY.json());
  }

  @Test
  void asksS3NothingMoreForWhatIsStored() {
    CopyManifestFile file = file(Runnable::run);
    file.begin(LIKELY);
    bucket.failNext(Kind.MISCONFIGURED);

    assertThat(file.put(LIKELY)).isNotEmpty();
  }

  @Test
  void replacesWhatWasExpectedOnceThatIsStored() {
    CopyManifestFile file = file(LATE);
    file.begin(LIKELY);

    file.put(OTHER);

    assertThat(stored()).isEqualTo(OTHER.json());
  }

  @Test
  void storesWhatCouldNotBeStoredAhead() {
    CopyManifestFile file = file(Runnable::run);
    bucket.failNext(Kind.TRANSIENT);
    file.begin(LIKELY);

    file.put(LIKELY);

    assertThat(stored()).isEqualTo(LIKELY.json());
  }

  @Test
  void waitsForNoThreadThatIsStillBusyWithAnotherBucket() {
    CopyManifestFile file = file(task -> {});
    file.begin(LIKELY);

    file.put(LIKELY);

    assertThat(stored()).isEqualTo(LIKELY.json());
  }

  @Test
  void saysWhatS3DoesNotTake() {
    CopyManifestFile file = file(Runnable::run);
    bucket.failNext(Kind.MISCONFIGURED);

    assertThatThrownBy(() -> file.put(LIKELY)).isInstanceOf(ObjectStoreException.class);
  }

  private CopyManifestFile file(Executor readers) {
    return new BatchFolders(List.of(FOLDER), name -> bucket, readers)
        .copyManifest(FOLDER, "load-1");
  }

  private String stored() {
    assertThat(bucket.objects()).hasSize(1);
    return new String(bucket.objects().values().iterator().next(), StandardCharsets.UTF_8);
  }
}
