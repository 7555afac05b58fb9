package io.sluice.acceptance.faults;

import static io.sluice.acceptance.faults.EventPipeline.FOLDER;

import io.sluice.common.aws.FaultControl.Order;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lets S3, SQS, Kinesis and DynamoDB fail for a while. */
final class ServiceFaults {
  /** Objects of batch intervals, whose folders begin with the year. */
  static final String DATA = FOLDER.bucket() + "/" + FOLDER.prefix() + "/2*";

  /** Manifests, and not the hint beside them. */
  static final String MANIFESTS = FOLDER.bucket() + "/" + FOLDER.prefix() + "/_manifests/0*";

  private static final Duration AT_MOST = Duration.ofSeconds(8);

  private final Scene scene;
  private final Random random;
  private final Duration sqsOutage;
  private final List<Outage> outages = new ArrayList<>();

  ServiceFaults(Scene scene, Random random, Duration sqsOutage) {
    this.scene = scene;
    this.random = random;
    this.sqsOutage = sqsOutage;
  }

  /** A time in which messages may be missing. */
  record Outage(Instant from, Instant to) {
    boolean covers(Instant time) {
      return !time.isBefore(from) && !time.isAfter(to);
    }
  }

  /** When SQS was down. */
  List<Outage> outages() {
    return List.copyOf(outages);
  }

  void dataErrors() {
    mayFail(s3(anyError(), DATA).times(1 + random.nextInt(40)));
  }

  void dataResets() {
    mayFail(s3(Fault.RESET, DATA).times(1 + random.nextInt(20)));
  }

  void slowData() {
    mustPass(
        s3(Fault.LATENCY, DATA)
            .times(1 + random.nextInt(10))
            .lasting(Duration.ofMillis(200 + random.nextInt(2500))));
  }

  void manifestErrors() {
    mustPass(s3(anyError(), MANIFESTS).times(1 + random.nextInt(8)));
  }

  void slowManifests() {
    mustPass(
        s3(Fault.LATENCY, MANIFESTS)
            .times(1 + random.nextInt(3))
            .lasting(Duration.ofMillis(500 + random.nextInt(2500))));
  }

  void loseCommitAnswers() {
    mustPass(s3(Fault.LOST_ANSWER, MANIFESTS).times(1 + random.nextInt(3)));
  }

  /** Never a reason for a writer to end, nor to wait. */
  void takeSqsDown() {
    Instant from = Instant.now();
    Fault fault = random.nextBoolean() ? Fault.RESET : Fault.INTERNAL_ERROR;
    try (Order order =
        scene.pipeline().faults().order(FaultOrder.of(StandIn.SQS, fault).at("Send*").always())) {
      scene.awaitThat("SQS failed", () -> order.struck() > 0);
      Instant end = Instant.now().plus(sqsOutage);
      scene.awaitThat("the outage is over", () -> Instant.now().isAfter(end));
    }
    // The manifest comes before its messages.
    outages.add(new Outage(from.minusSeconds(10), Instant.now()));
    scene.awaitProgress();
  }

  void throttleKinesis() {
    mustPass(kinesis(Fault.THROTTLE).times(1 + random.nextInt(30)));
  }

  void failKinesis() {
    mayFail(kinesis(Fault.INTERNAL_ERROR).times(1 + random.nextInt(20)));
  }

  void expireIterators() {
    mustPass(kinesis(Fault.EXPIRED_ITERATOR).times(1 + random.nextInt(10)));
  }

  void throttleDynamoDb() {
    mayFail(
        FaultOrder.of(StandIn.DYNAMODB, Fault.THROTTLE)
            .at("UpdateItem")
            .times(1 + random.nextInt(10)));
  }

  /** After all retries of SDK and tasks, the interval may fail, and the run with it. */
  private void mayFail(FaultOrder order) {
    Supervisor.Tolerance tolerance = scene.supervisor().tolerate(WriterRun.FAILED);
    try {
      mustPass(order);
    } finally {
      tolerance.end();
    }
  }

  /** No reason for a writer to end. */
  private void mustPass(FaultOrder order) {
    scene.quiet().lock();
    try (Order inForce = scene.pipeline().faults().order(order)) {
      scene.awaitThat(order.fault().wireName() + " struck", () -> inForce.struck() > 0);
      Instant end = Instant.now().plus(AT_MOST);
      scene.awaitThat("the fault is over", () -> inForce.isSpent() || Instant.now().isAfter(end));
    } finally {
      scene.quiet().unlock();
    }
    scene.awaitProgress();
  }

  private Fault anyError() {
    return random.nextBoolean() ? Fault.SLOW_DOWN : Fault.INTERNAL_ERROR;
  }

  private static FaultOrder s3(Fault fault, String keys) {
    return FaultOrder.of(StandIn.S3, fault).at("PutObject").on(keys);
  }

  private static FaultOrder kinesis(Fault fault) {
    return FaultOrder.of(StandIn.KINESIS, fault).at("GetRecords");
  }
}
