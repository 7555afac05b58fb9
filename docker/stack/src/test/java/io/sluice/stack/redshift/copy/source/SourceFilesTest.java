package io.sluice.stack.redshift.copy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.redshift.InMemoryObjects;
import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceFilesTest {
  private static final S3Url MANIFEST = new S3Url(InMemoryObjects.BUCKET, "m");

  private final InMemoryObjects objects = new InMemoryObjects();
  private final SourceFiles sources = new SourceFiles(objects);

  @Test
  void leavesOutWhatIsOptionalAndMissing() throws CopyFailure {
    objects.put("a", "12345");
    objects.put("m", "{\"entries\":[{\"url\":\"s3://lake/none\"},{\"url\":\"s3://lake/a\"}]}");

    assertThat(sources.ofManifest(MANIFEST, false))
        .containsExactly(new SourceFile(new S3Url("lake", "a"), 5));
  }

  @Test
  void failsIfNoFileIsFoundAtAll() {
    objects.put("m", "{\"entries\":[{\"url\":\"s3://lake/none\"}]}");

    assertThatThrownBy(() -> sources.ofManifest(MANIFEST, false))
        .isInstanceOf(CopyFailure.class)
        .hasMessage("The specified S3 prefix 'm' does not exist");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};File entry does not have 'meta' key.",
        "{\"content_length\":6};S3ServiceException:The requested range is not satisfiable,Status 416"
      })
  void columnarFormatsNeedTheLengthOfEachFile(String meta, String message) throws CopyFailure {
    objects.put("a", "12345");
    objects.put("m", "{\"entries\":[{\"url\":\"s3://lake/a\",\"meta\":" + meta + "}]}");

    assertThat(sources.ofManifest(MANIFEST, false)).hasSize(1);
    assertThatThrownBy(() -> sources.ofManifest(MANIFEST, true)).hasMessageStartingWith(message);
  }

  @Test
  void takesTheRightLength() throws CopyFailure {
    objects.put("a", "12345");
    objects.put("m", "{\"entries\":[{\"url\":\"s3://lake/a\",\"meta\":{\"content_length\":5}}]}");

    assertThat(sources.ofManifest(MANIFEST, true)).hasSize(1);
  }
}
