package io.sluice.writer.source.receiver;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.ConfigException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverRoomTest {
  @ParameterizedTest
  @ValueSource(strings = {"local", "local[1]", "local[2]", "local[2,4]", "local-cluster[1,2,1024]"})
  void refusesTwoReceiversWithoutACoreForTheTasks(String master) {
    assertThatThrownBy(() -> ReceiverRoom.require(conf(master), 2))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("2 receivers need at least 3 cores, and Spark has ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"local[3]", "local[3,4]", "local-cluster[2,2,1024]", "yarn", "spark://h:1"})
  void acceptsTwoReceiversWithOneMoreCoreOrWhereItCannotKnow(String master) {
    assertThatCode(() -> ReceiverRoom.require(conf(master), 2)).doesNotThrowAnyException();
  }

  @Test
  void countsTheExecutorsThatAreAskedFor() {
    SparkConf conf =
        conf("yarn").set("spark.executor.instances", "2").set("spark.executor.cores", "1");

    assertThatThrownBy(() -> ReceiverRoom.require(conf, 2))
        .hasMessageContaining("2 receivers need at least 3 cores, and Spark has 2");
  }

  @Test
  void refusesDynamicAllocation() {
    SparkConf conf = conf("yarn").set("spark.dynamicAllocation.enabled", "true");

    assertThatThrownBy(() -> ReceiverRoom.require(conf, 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "spark.dynamicAllocation.enabled = true: must be off with receivers, for a removed executor ends the run");
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }
}
