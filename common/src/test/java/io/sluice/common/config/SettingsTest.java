package io.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private record Copy(Duration maxWait, long maxBytes) {
    static Copy read(Settings settings) {
      Duration maxWait = settings.duration("max-wait", Duration.ofSeconds(30));
      long maxBytes = settings.bytes("max-bytes", 1 << 20);
      return settings.valid(() -> new Copy(maxWait, maxBytes));
    }
  }

  private enum Mode {
    APPEND,
    KEEP_NEWEST
  }

  private record Job(
      String name,
      Duration interval,
      long workers,
      boolean strict,
      Mode mode,
      Optional<URI> endpoint,
      List<Copy> copies) {
    static Job read(Settings settings) {
      String name = settings.string("name");
      Duration interval = settings.duration("interval");
      long workers = settings.number("workers", 2, 1, 8);
      boolean strict = settings.flag("strict", true);
      Mode mode = settings.oneOf("mode", Mode.class, Mode.APPEND);
      Optional<URI> endpoint = settings.endpoint("s3.endpoint");
      settings.flag("s3.path-style", false);
      List<Copy> copies = settings.sections("copies", Copy::read);
      return settings.valid(() -> new Job(name, interval, workers, strict, mode, endpoint, copies));
    }
  }

  @Test
  void tellsWhatHoldsInTheEndDefaultsIncluded() {
    String text =
        """
        job {
          name = orders, interval = 90s, mode = keep-newest
          copies = [ { max-bytes = 16MiB } ]
        }
        """;

    assertThat(ConfigFile.effective(text, "test.conf", "job", Job::read))
        .extracting(EffectiveSetting::toString)
        .containsExactly(
            "job.name = orders",
            "job.interval = 90s",
            "job.workers = 2  # default",
            "job.strict = true  # default",
            "job.mode = keep-newest",
            "job.s3.path-style = false  # default",
            "job.copies[0].max-wait = 30s  # default",
            "job.copies[0].max-bytes = 16MiB");
  }

  @Test
  void masksWhatIsSecretByItsName() {
    Settings.Reader<String> reader =
        settings -> settings.string("db.password") + settings.string("token-file", "none");

    assertThat(ConfigFile.effective("job { db.password = s3cr3t }", "t", "job", reader))
        .extracting(EffectiveSetting::toString)
        .containsExactly("job.db.password = ********", "job.token-file = none  # default");
  }

  @Test
  void readsTypedValuesAndDefaults() {
    Job job =
        parse(
            """
            job {
              name = orders
              interval = 1500ms
              mode = keep-newest
              s3.endpoint = "http://127.0.0.1:9000"
              copies = [ { max-wait = 2m, max-bytes = 16MiB }, {} ]
            }
            other { whatever = 1 }
            """);

    assertThat(job)
        .isEqualTo(
            new Job(
                "orders",
                Duration.ofMillis(1500),
                2,
                true,
                Mode.KEEP_NEWEST,
                Optional.of(URI.create("http://127.0.0.1:9000")),
                List.of(
                    new Copy(Duration.ofMinutes(2), 16 << 20),
                    new Copy(Duration.ofSeconds(30), 1 << 20))));
  }

  @Test
  void tellsEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    job {
                      nmae = orders
                      interval = soon
                      workers = 9
                      strict = perhaps
                      mode = newest
                      s3 { endpoint = "localhost:9000", pathstyle = true }
                      copies = [ { max-wait = 0s, max-bites = 3 } ]
                    }
                    """))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .containsExactlyInAnyOrder(
                        "job.name is missing",
                        "job.interval = soon: No number in duration value 'soon'",
                        "job.workers = 9: must be from 1 to 8",
                        "job.strict = perhaps: strict has type STRING rather than BOOLEAN",
                        "job.mode = newest: must be one of append, keep-newest",
                        "job.s3.endpoint = localhost:9000: must be an address such as https://host:port",
                        "job.copies[0].max-wait = 0s: must be longer than nothing",
                        "job.nmae is not a setting: did you mean job.name?",
                        "job.s3.pathstyle is not a setting: did you mean job.s3.path-style?",
                        "job.copies[0].max-bites is not a setting: did you mean job.copies[0].max-bytes?"));
  }

  @Test
  void theMessageNamesTheSourceAndListsTheProblems() {
    assertThatThrownBy(() -> parse("job { name = a, interval = 1s, copies = [], colour = red }"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            2 problems in test.conf:
              - job.copies = []: needs at least one entry
              - job.colour is not a setting: known here are name, interval, workers, strict, mode, s3.endpoint, \
            s3.path-style, copies""");
  }

  @Test
  void namesAMissingSection() {
    assertThatThrownBy(() -> parse("jop { }"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("1 problem in test.conf:\n  - there is no section 'job { ... }'");
  }

  @Test
  void namesAllVariablesWithoutAValueAndSaysWhatToDo() {
    String text =
        """
        job {
          name = ${NO_SUCH_NAME}
          mode = ${?NO_SUCH_MODE}
          s3.endpoint = "http://"${NO_SUCH_HOST}":9000"
          interval = ${job.pause}
          pause = 3s
          colour = ${name}
        }
        """;

    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "line 2: ${NO_SUCH_NAME} has no value: set it in the environment, or write the value in its place",
                        "line 4: ${NO_SUCH_HOST} has no value: set it in the environment, or write the value in its place",
                        "line 7: ${name} has no value: set it in the environment, or write the value in its place"));
  }

  @Test
  void namesAVariableThatNoTextCouldStandFor() {
    assertThatThrownBy(() -> parse("job { copies = ${NO_SUCH_COPIES} [{}] }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 1: ${NO_SUCH_COPIES} has no value");
    assertThatThrownBy(() -> parse("job = ${NO_SUCH_BASE} { name = orders }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 1: ${NO_SUCH_BASE} has no value");
    assertThatThrownBy(() -> parse("job { name = ${job.mode}, mode = ${job.name} }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cycle");
  }

  @Test
  void needsNoVariablesOfOtherSections() {
    Job job =
        parse(
            """
            shared = orders
            other { password = ${NO_SUCH_PASSWORD}, interval = 7s }
            job { name = ${shared}, interval = ${other.interval}, copies = [{}] }
            """);

    assertThat(job.name()).isEqualTo("orders");
    assertThat(job.interval()).hasSeconds(7);
  }

  @Test
  void namesAMissingFile() {
    assertThatThrownBy(() -> ConfigFile.read(Path.of("no-such.conf"), "job", Job::read))
        .isInstanceOf(ConfigException.class)
        .hasMessage("1 problem in no-such.conf:\n  - there is no such file, or it cannot be read");
  }

  @Test
  void aSecretIsNotShown() {
    assertThat(new Secret("hunter2")).hasToString("********");
  }

  private static Job parse(String text) {
    return ConfigFile.parse(text, "test.conf", "job", Job::read);
  }
}
