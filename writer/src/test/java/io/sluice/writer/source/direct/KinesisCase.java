package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.AmazonKinesis;
import io.sluice.common.aws.RunningStack;
import io.sluice.writer.source.KinesisClients;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A stack for the tests of a class, and a client of its Kinesis. */
abstract class KinesisCase {
  @TempDir static Path folder;

  static RunningStack stack;
  static AmazonKinesis kinesis;

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    kinesis = KinesisClients.of(stack.settings());
  }

  @AfterAll
  static void stop() {
    kinesis.shutdown();
    stack.close();
  }
}
