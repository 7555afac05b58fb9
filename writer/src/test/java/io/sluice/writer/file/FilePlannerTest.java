package io.sluice.writer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.file.FilePlanner.Plan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePlannerTest {
  private static final long MIB = 1L << 20;
  private static final TableName ORDERS = TableName.parse("orders");
  private static final TableName CLICKS = TableName.parse("clicks");

  @ParameterizedTest
  @CsvSource({
    // MiB before, partitions, cores: tasks
    "0,   8, 4, 1",
    "1,   8, 4, 4",
    "16,  8, 4, 4",
    "100, 8, 4, 4",
    "128, 8, 4, 8",
    "900, 8, 4, 8",
    "900, 200, 8, 56",
    "16,  2, 4, 2",
  })
  void asManyTasksWriteAsHaveWork(long mib, int partitions, int cores, int tasks) {
    Plan plan = planner(1).plan(Map.of(ORDERS, mib * MIB), partitions, cores);

    assertThat(plan.tasks()).isEqualTo(tasks);
    assertThat(plan.files().dealt()).isEmpty();
  }

  @Test
  void withoutAForecastEveryPartitionWrites() {
    assertThat(planner(4).plan(Map.of(), 8, 4).tasks()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    // slices, MiB before, partitions, cores: files of the interval
    "4, 64,  8, 4, 4",
    "6, 64,  4, 4, 12",
    "6, 3,   4, 4, 4",
    "8, 64,  2, 2, 8",
    "8, 500, 2, 2, 32",
    "3, 100, 2, 2, 12",
    "5, 12,  2, 2, 10",
  })
  void theFilesOfALargeIntervalAreAMultipleOfTheSlices(
      int slices, long mib, int partitions, int cores, int files) {
    Plan plan = planner(slices).plan(Map.of(ORDERS, mib * MIB), partitions, cores);

    int planned = plan.tasks() * plan.files().dealt(ORDERS);
    assertThat(planned).isEqualTo(files);
    if (mib >= files) {
      assertThat(planned % slices).isZero();
    }
  }

  @Test
  void aSmallTableBesideALargeOneIsNotDealt() {
    Plan plan = planner(8).plan(Map.of(ORDERS, 200 * MIB, CLICKS, 3 * MIB), 2, 2);

    assertThat(plan.files().dealt(ORDERS)).isEqualTo(8);
    assertThat(plan.files().dealt(CLICKS)).isEqualTo(1);
  }

  @Test
  void neverDealsIntoMoreFilesThanATaskMayOpen() {
    Plan plan = planner(16).plan(Map.of(ORDERS, 10_000 * MIB), 1, 1);

    assertThat(plan.files().dealt(ORDERS)).isEqualTo(16);
  }

  @Test
  void tellsWhatIsAllowed() {
    assertThatThrownBy(
            () ->
                ConfigFile.parse(
                    "files { target-size = 1KiB, part-size = 1MiB, memory = 1MiB }",
                    "test.conf",
                    "files",
                    FileSettings::read))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("files.target-size = 1024: must be from 64KiB to 1024MiB")
        .hasMessageContaining("files.part-size = 1048576: must be from 5MiB to 512MiB")
        .hasMessageContaining("files.memory = 1048576: must be from 8MiB to 8192MiB");
    assertThatThrownBy(
            () ->
                ConfigFile.parse(
                    "files { multiple-of = 32 }", "test.conf", "files", FileSettings::read))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("multiple-of is at most max-open");
  }

  private static FilePlanner planner(int slices) {
    return new FilePlanner(
        ConfigFile.parse(
            "files { multiple-of = " + slices + " }", "test.conf", "files", FileSettings::read));
  }
}
