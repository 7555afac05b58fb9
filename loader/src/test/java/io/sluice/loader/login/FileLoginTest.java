package io.sluice.loader.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLoginTest {
  @TempDir private Path folder;

  @Test
  void readsTheFileAnewEachTimeWithoutItsLineEnd() throws IOException {
    Path file = folder.resolve("password");
    LoginSource source = new FileLogin("loader", file);
    Files.writeString(file, "one two \n");
    assertThat(source.login()).isEqualTo(Login.of("loader", new Secret("one two ")));

    Files.writeString(file, "three");

    assertThat(source.login().options()).containsEntry("password", new Secret("three"));
    assertThat(source.login()).hasToString("Login[as loader]");
    assertThat(source.renewed(source.login())).isEmpty();
  }

  @Test
  void namesTheFileThatCannotBeUsed() throws IOException {
    Path file = folder.resolve("password");
    LoginSource source = new FileLogin("loader", file);
    assertThatThrownBy(source::login)
        .isInstanceOfSatisfying(
            LoginException.class,
            e -> assertThat(e.kind()).isEqualTo(LoginException.Kind.MISCONFIGURED))
        .hasMessage("cannot read the password from " + file + ": NoSuchFileException");

    Files.writeString(file, "\n");

    assertThatThrownBy(source::login)
        .hasMessage("there is no password in " + file + ": it is empty");
  }
}
