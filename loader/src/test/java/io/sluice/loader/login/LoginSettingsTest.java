package io.sluice.loader.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginSettingsTest {
  private static final String URL = "jdbc:redshift://h/d";

  @TempDir private Path folder;

  @Test
  void findsACredentialWhereSystemdPutIt() throws IOException {
    Files.writeString(folder.resolve("redshift"), "hidden-word\n");

    LoginSettings settings =
        ConfigFile.parse(
            "warehouse { user = loader, password-credential = redshift }",
            "test.conf",
            "warehouse",
            section ->
                LoginSettings.read(
                    section, URL, Map.of("CREDENTIALS_DIRECTORY", folder.toString())));

    assertThat(settings.passwordFile()).contains(folder.resolve("redshift"));
    assertThat(LoginSources.of(settings, URL).login())
        .isEqualTo(Login.of("loader", new Secret("hidden-word")));
  }
}
