package io.sluice.common.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFolderTest {
  private static final Instant TIME = Instant.parse("2026-11-22T05:12:30.007Z");

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/a/b, bucket, a/b",
    "s3://bucket/a/b/, bucket, a/b",
    "s3a://bucket/a, bucket, a",
    "s3://bucket, bucket, ''",
    "s3://bucket/, bucket, ''"
  })
  void readsBucketAndPrefix(String uri, String bucket, String prefix) {
    assertThat(BatchFolder.parse(uri)).isEqualTo(new BatchFolder(bucket, prefix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bucket/a",
        "s3://",
        "s3://B/a",
        "https://bucket/a",
        "s3://bucket/../a",
        "s3://bucket/a//b",
        "s3://bucket/a b"
      })
  void refusesWhatIsNoBatchFolder(String uri) {
    assertThatThrownBy(() -> BatchFolder.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a batch folder");
  }

  @Test
  void laysOutItsKeys() {
    BatchFolder folder = BatchFolder.parse("s3://bucket/clicks");

    assertThat(folder.key(BatchFolder.manifest(42)))
        .isEqualTo("clicks/_manifests/00000000000000000042.json");
    assertThat(BatchFolder.dataFile(TIME, TableName.parse("orders"), 3, "a1", "csv.zst"))
        .isEqualTo("20261122T051230.007Z/public.orders/part-00003-a1.csv.zst");
    assertThat(BatchFolder.rejectFile(TIME, 3, "a1", "jsonl.zst"))
        .isEqualTo("20261122T051230.007Z/_rejects/part-00003-a1.jsonl.zst");
    assertThat(folder.uri(BatchFolder.copyManifest("l1")))
        .isEqualTo("s3://bucket/clicks/_copy/l1.manifest");
    assertThat(BatchFolder.parse("s3://bucket").uri("x")).isEqualTo("s3://bucket/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc", "../other/file", "a/../../b", "./a"})
  void refusesAKeyThatLeadsOutOfTheFolder(String key) {
    assertThatThrownBy(() -> BatchFolder.parse("s3://bucket/clicks").key(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + key + "' is not a key inside a batch folder");
  }
}
