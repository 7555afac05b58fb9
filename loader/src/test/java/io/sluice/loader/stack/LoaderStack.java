package io.sluice.loader.stack;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.FaultControl;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.config.Secret;
import io.sluice.common.config.SettingsReference;
import io.sluice.loader.login.LoginSettings;
import io.sluice.loader.warehouse.LedgerSchema;
import io.sluice.loader.warehouse.TlsSettings;
import io.sluice.loader.warehouse.WarehouseSettings;
import io.sluice.stack.process.StackEndpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The stand-ins, one process for all tests of a JVM. Every test takes names of its own, so that
 * they can share it.
 */
public final class LoaderStack {
  private static LoaderStack shared;

  private final StackEndpoints endpoints;
  private final FaultControl faults;
  private final AmazonS3 s3;
  private final AmazonSQS sqs;

  private LoaderStack(RunningStack stack) {
    this.endpoints = stack.endpoints();
    this.faults = stack.faults();
    this.s3 = stack.clients().s3();
    this.sqs = stack.clients().sqs();
  }

  /** The stack, started when it is asked for first; it ends with this JVM. */
  public static synchronized LoaderStack shared() {
    if (shared == null) {
      // Tests run in more than one JVM, and each has a stack of its own.
      String name = "target/stack-" + ProcessHandle.current().pid();
      Path folder = SettingsReference.folder("loader").resolve(name);
      shared = new LoaderStack(RunningStack.start(folder));
    }
    return shared;
  }

  /** Where the stand-ins are. */
  public StackEndpoints endpoints() {
    return endpoints;
  }

  /** Orders for faults of the stand-ins. */
  public FaultControl faults() {
    return faults;
  }

  public AmazonS3 s3() {
    return s3;
  }

  public AmazonSQS sqs() {
    return sqs;
  }

  /** A new, empty bucket's name. */
  public String newBucket() {
    String name = newName("bucket").replace('_', '-');
    s3.createBucket(name);
    return name;
  }

  /** A new, empty queue's address. */
  public String newQueue() {
    return sqs.createQueue(newName("queue")).getQueueUrl();
  }

  /** A name that nothing else has. */
  public static String newName(String prefix) {
    return prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The warehouse's address and login. */
  public StackEndpoints.Redshift redshift() {
    return endpoints.redshift().orElseThrow();
  }

  /** The warehouse, with a ledger in this schema. */
  public WarehouseSettings warehouse(String schema) {
    return warehouse(new LedgerSchema(schema, false), WarehouseSettings.LOCK_TIMEOUT);
  }

  /** The same with other settings of it. */
  public WarehouseSettings warehouse(LedgerSchema ledger, Duration lockTimeout) {
    return new WarehouseSettings(
        redshift().url(),
        LoginSettings.of(redshift().user(), new Secret(redshift().password())),
        TlsSettings.unlessSaidBy(redshift().url()),
        "arn:aws:iam::123456789012:role/copy",
        ledger,
        Duration.ofMinutes(1),
        lockTimeout,
        Optional.empty());
  }
}
