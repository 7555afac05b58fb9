package io.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.BatchFolder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsListTest {
  @Test
  void readsAListOfParsedTexts() {
    List<BatchFolder> folders =
        read(
            "x { folders = [\"s3://one-bucket/a\", \"s3://two-bucket\"] }",
            s -> s.parsedList("folders", BatchFolder::parse));

    assertThat(folders).hasToString("[s3://one-bucket/a, s3://two-bucket]");
  }

  @Test
  void tellsWhichEntryOfAListIsWrong() {
    assertThatThrownBy(
            () ->
                read(
                    "x { folders = [\"s3://one-bucket\", \"http://b\"] }",
                    s -> s.parsedList("folders", BatchFolder::parse)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "x.folders[1] = http://b: 'http://b' is not a batch folder: use s3://bucket/prefix");
  }

  @Test
  void refusesAnEmptyAndAMissingList() {
    assertThatThrownBy(
            () -> read("x { folders = [] }", s -> s.parsedList("folders", BatchFolder::parse)))
        .hasMessageContaining("x.folders = []: needs at least one entry");
    assertThatThrownBy(() -> read("x { }", s -> s.parsedList("folders", BatchFolder::parse)))
        .hasMessageContaining("x.folders is missing");
  }

  @Test
  void takesNoTimeWhereZeroIsAllowed() {
    Duration none = read("x { pause = 0s }", s -> s.durationOrZero("pause", Duration.ofDays(1)));

    assertThat(none).isZero();
    assertThatThrownBy(
            () -> read("x { pause = -1s }", s -> s.durationOrZero("pause", Duration.ZERO)))
        .hasMessageContaining("x.pause = -1s: must not be negative");
  }

  @Test
  void aListOfSectionsMayBeLeftOut() {
    Settings.Reader<List<String>> reader =
        s -> s.optionalSections("tables", table -> table.string("name"));

    assertThat(read("x { }", reader)).isEmpty();
    assertThat(read("x { tables = [ { name = a }, { name = b } ] }", reader))
        .containsExactly("a", "b");
    assertThatThrownBy(() -> read("x { tables = [ { } ] }", reader))
        .hasMessageContaining("x.tables[0].name is missing");
  }

  @Test
  void readsASectionWhoseNamesAreTheUsersOwn() {
    Settings.Reader<Map<String, String>> reader = s -> s.texts("kinds");

    assertThat(read("x { kinds { a = b, \"c.d\" = 7 } }", reader))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", "c.d", "7"));
    assertThat(read("x { }", reader)).isEmpty();
    assertThatThrownBy(() -> read("x { kinds { a = [] } }", reader))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("x.kinds = a object");
  }

  @Test
  void aTextMayBeBlankWhereThatMeansSomething() {
    Settings.Reader<Optional<String>> reader = s -> s.optionalText("delimiter");

    assertThat(read("x { delimiter = \"\\t\" }", reader)).hasValue("\t");
    assertThat(read("x { }", reader)).isEmpty();
  }

  @Test
  void namesEverySettingThatTheCodeAsksFor() {
    assertThat(
            ConfigFile.names(
                "x { tables = [{}] }",
                "x",
                s -> {
                  s.string("url");
                  s.section("copy", copy -> copy.duration("max-wait"));
                  return s.sections("tables", table -> table.string("name"));
                }))
        .containsExactly("x.copy.max-wait", "x.tables[].name", "x.url");
  }

  private static <T> T read(String text, Settings.Reader<T> reader) {
    return ConfigFile.parse(text, "test.conf", "x", reader);
  }
}
