package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.manifest.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReloadTest {
  private static final String SETTINGS =
      """
      loader {
        queue.url = "http://127.0.0.1:1/queue"
        batch-folders = ["s3://bucket/x"]
        warehouse {
          url = "jdbc:redshift://127.0.0.1:2/dev"
          user = loader, password = hidden-word, iam-role = default
        }
        tables = [{ name = a }, { name = b, copy.max-wait = 5s }]
      }
      """;

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final List<LoaderConfig> applied = new ArrayList<>();
  private String text = SETTINGS;
  private final Reload reload = new Reload(parse(), this::parse, applied::add);

  @BeforeEach
  void listen() {
    logged.start();
    logger().addAppender(logged);
  }

  @AfterEach
  void leave() {
    logger().detachAppender(logged);
  }

  @Test
  void appliesTablesThatAreAddedRemovedAndChanged() {
    text = SETTINGS.replace("{ name = a }", "{ name = c }").replace("5s", "6s");

    reload.run();
    reload.run();

    assertThat(applied).hasSize(1);
    assertThat(applied.get(0).tables())
        .containsOnlyKeys(TableName.parse("b"), TableName.parse("c"));
    assertThat(applied.get(0).tables().get(TableName.parse("b")).maxWait())
        .isEqualTo(Duration.ofSeconds(6));
    assertThat(messages())
        .containsExactly(
            "settings read again: tables added [public.c], removed [public.a], changed [public.b]",
            "settings read again: tables added [], removed [], changed []");
  }

  @Test
  void appliesWhatHoldsForAllTables() {
    text =
        SETTINGS.replace(
            "tables =",
            "copy.max-bytes = 1MiB, windows = [{ cron = \"0 2 * * *\", duration = 1h }]\n tables =");

    reload.run();

    assertThat(applied).singleElement().satisfies(c -> assertThat(c.windows().all()).hasSize(1));
    assertThat(messages().get(0)).endsWith("changed [public.a, public.b]");
  }

  @Test
  void saysWhatNeedsARestartAndGoesOnWithTheOldValue() {
    text =
        SETTINGS
            .replace("127.0.0.1:1", "127.0.0.1:9")
            .replace("hidden-word", "other-word")
            .replace("name = a", "name = d");

    reload.run();

    assertThat(messages().get(0))
        .isEqualTo("loader.queue, loader.warehouse changed too, which holds only after a restart");
    assertThat(applied.get(0).queue().url()).hasPort(1);
    assertThat(applied.get(0).tables()).containsKey(TableName.parse("d"));
  }

  @Test
  void keepsTheOldSettingsWhenTheFileIsBadAndTellsAllItsProblems() {
    text = SETTINGS.replace("5s", "soon").replace("name = a", "nam = a");

    reload.run();

    assertThat(applied).isEmpty();
    assertThat(messages())
        .singleElement()
        .asString()
        .startsWith("the settings stay as they were: ")
        .contains("loader.tables[0].name is missing")
        .contains("loader.tables[1].copy.max-wait = soon")
        .doesNotContain("hidden-word");
  }

  private List<String> messages() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private LoaderConfig parse() {
    return ConfigFile.parse(text, "test.conf", LoaderConfig.SECTION, LoaderConfig::read);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(Reload.class);
  }
}
