package io.sluice.common.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.ConfigException;
import io.sluice.common.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLocationTest {
  private static final Settings.Reader<String> NAME = settings -> settings.string("name");

  @TempDir private Path folder;

  @Test
  void readsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "app { name = fromFile }");

    assertThat(new ConfigLocation(file.toString()).read("app", NAME)).isEqualTo("fromFile");
  }

  @Test
  void readsAResource() {
    ConfigLocation location = new ConfigLocation("classpath:settings/location.conf");

    assertThat(location.read("app", NAME)).isEqualTo("fromClasspath");
    assertThat(location.effective("app", NAME))
        .extracting(Object::toString)
        .containsExactly("app.name = fromClasspath");
  }

  @Test
  void namesWhatItDoesNotFind() {
    assertThatThrownBy(() -> new ConfigLocation("classpath:none.conf").read("app", NAME))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("classpath:none.conf")
        .hasMessageContaining("there is no such resource on the classpath");
    assertThatThrownBy(() -> new ConfigLocation("none.conf").read("app", NAME))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.conf")
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> new ConfigLocation("s3://bucket").read("app", NAME))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("s3://bucket")
        .hasMessageContaining("use s3://bucket/key");
  }
}
