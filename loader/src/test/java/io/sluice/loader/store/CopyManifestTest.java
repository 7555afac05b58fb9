package io.sluice.loader.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyManifestTest {
  private static final TableName TABLE = TableName.parse("things");

  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final LandedFolder landed = new LandedFolder(bucket, BatchFolder.parse("s3://bucket/x"));
  private final BatchFolders folders = new BatchFolders(List.of(landed.folder()), name -> bucket);

  @Test
  void listsEachFileOnceAsMandatoryWithItsSize() {
    SourceBatch batch = batch(landed.land(TABLE, "1,a"));

    String json = CopyManifest.of(List.of(batch, batch)).json();

    assertThat(json)
        .isEqualToNormalizingNewlines(
            """
            {
              "entries" : [ {
                "url" : "s3://bucket/x/20261122T050010.000Z/public.things/part-00000-attempt.csv.zst",
                "mandatory" : true,
                "meta" : {
                  "content_length" : %d
                }
              } ]
            }"""
                .formatted(batch.bytes()));
  }

  @Test
  void liesInTheFolderUnderTheLoad() {
    SourceBatch batch = batch(landed.land(TABLE, "1,a"));

    String uri = folders.put(landed.folder(), "load-1", CopyManifest.of(List.of(batch)));

    assertThat(uri).isEqualTo("s3://bucket/x/_copy/load-1.manifest");
    assertThat(bucket.get("x/_copy/load-1.manifest")).isPresent();
  }

  @Test
  void readsAManifestThatSeveralTablesShareOnce() {
    List<ManifestMessage> messages =
        landed.landForAll(List.of(TABLE, TableName.parse("others")), "1,a");
    int before = bucket.gets();

    messages.forEach(this::batch);

    assertThat(bucket.gets() - before).isEqualTo(1);
  }

  private SourceBatch batch(ManifestMessage message) {
    return folders.batch(LandedFolder.id(message));
  }
}
