package io.sluice.stack.redshift.copy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.source.Manifest.Entry;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final S3Url PLACE = new S3Url("lake", "m");

  @Test
  void readsEntriesInOrderAndKeepsRepeatedOnes() throws CopyFailure {
    Manifest manifest =
        parse(
            """
            {"entries":[
              {"url":"s3://lake/b","mandatory":true,"meta":{"content_length":7}},
              {"url":"s3://lake/a","mandatory":false},
              {"url":"s3://other/c/d.csv"},
              {"url":"s3://lake/b","mandatory":true}]}""");

    assertThat(manifest.entries())
        .containsExactly(
            new Entry(new S3Url("lake", "b"), true, OptionalLong.of(7)),
            new Entry(new S3Url("lake", "a"), false, NONE),
            new Entry(new S3Url("other", "c/d.csv"), false, NONE),
            new Entry(new S3Url("lake", "b"), true, NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "{\"entries\":[{\"url\":\"s3://lake/a\"}",
        "[]",
        "{}",
        "{\"entries\":{}}",
        "{\"entries\":[\"s3://lake/a\"]}",
        "{\"entries\":[{\"mandatory\":true}]}",
        "{\"entries\":[{\"url\":\"http://lake/a\"}]}",
        "{\"entries\":[{\"url\":\"s3://lake/\"}]}",
        "{\"entries\":[{\"url\":\"s3:///a\"}]}"
      })
  void refusesWhatIsNoManifest(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(CopyFailure.class)
        .hasMessage("Manifest file is not in correct json format");
  }

  private static Manifest parse(String json) throws CopyFailure {
    return Manifest.parse(json.getBytes(StandardCharsets.UTF_8), PLACE);
  }
}
