package io.sluice.stack;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.stack.fault.Faults;
import org.junit.jupiter.api.AfterEach;

/** One stack for all tests of faults in this JVM, and clients of it that never try again. */
abstract class FaultsCase {
  static final String BUCKET = "quakes";

  static final Stack stack = Stack.start(StackSettings.defaults().withFaultSeed(1));
  static final StackClients clients =
      new StackClients(stack.endpoints(), new ClientConfiguration().withMaxErrorRetry(0));
  static final AmazonS3 s3 = clients.s3();
  static final AmazonSQS sqs = clients.sqs();

  final Faults faults = stack.faults();

  static {
    s3.createBucket(BUCKET);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
  }

  @AfterEach
  void withdraw() {
    faults.withdrawAll();
  }
}
