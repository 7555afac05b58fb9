package io.sluice.loader.operate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.BucketFacts;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.intake.QueueAttributes;
import io.sluice.loader.intake.QueueAttributes.Redrive;
import io.sluice.loader.intake.QueueSettings;
import io.sluice.loader.operate.doctor.Doctor.Group;
import io.sluice.loader.operate.doctor.Finding.Level;
import io.sluice.loader.warehouse.CopyOptions;
import io.sluice.loader.warehouse.TableSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
  private static final TableName TABLE = TableName.parse("things");

  @Test
  void oneFailureStopsOnlyWhatReliesOnIt() {
    List<Finding> told = new ArrayList<>();

    Doctor.run(
        List.of(
            new Group(
                failing(
                    "first",
                    () -> {
                      throw new ObjectStoreException(
                          ObjectStoreException.Kind.MISCONFIGURED, "403", null);
                    }),
                List.of(ok("second"))),
            new Group(
                ok("third"),
                List.of(
                    failing(
                        "fourth",
                        () -> {
                          throw new InboxException(
                              InboxException.Kind.TRANSIENT, "no answer", null);
                        }),
                    failing(
                        "fifth",
                        () -> {
                          throw new ContractException("no manifest");
                        }),
                    ok("sixth")))),
        told::add);

    assertThat(told)
        .extracting(Finding::level, Finding::subject, Finding::what)
        .containsExactly(
            tuple(Level.FAIL, "first", "403"),
            tuple(Level.INFO, "second", "not looked at, for first fails"),
            tuple(Level.OK, "third", "fine"),
            tuple(Level.FAIL, "fourth", "no answer"),
            tuple(Level.FAIL, "fifth", "no manifest"),
            tuple(Level.OK, "sixth", "fine"));
    assertThat(told)
        .filteredOn(finding -> finding.level() == Level.FAIL)
        .extracting(Finding::remedy)
        .doesNotContain("");
  }

  @ParameterizedTest
  @CsvSource({
    "0, OK, less than 31 s apart",
    "30, OK, less than 31 s apart",
    "-30, OK, less than 31 s apart",
    "31, WARN, 31 s ahead of this machine's",
    "-299, WARN, 299 s behind this machine's",
    "301, FAIL, 301 s ahead of this machine's"
  })
  void comparesClocks(long seconds, Level level, String what) {
    Instant now = Instant.parse("2026-11-22T05:00:00Z");

    Finding finding = Clocks.compare("S3", now.plusSeconds(seconds), now, now);

    assertThat(finding.level()).isEqualTo(level);
    assertThat(finding.what()).isEqualTo(what);
  }

  @Test
  void findsAQueueThatForgetsSoonOrMovesMessagesElsewhere() {
    Optional<URI> dead = Optional.of(URI.create("https://sqs/1/dead"));

    assertThat(queue(dead, 96, Optional.empty())).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(queue(dead, 95, Optional.empty()))
        .filteredOn(finding -> finding.level() == Level.WARN)
        .extracting(Finding::subject)
        .containsExactly("queue retention");
    assertThat(redrive(dead, new Redrive("arn:aws:sqs:eu-central-1:1:dead", 10)))
        .isEqualTo(Finding.ok("queue redrive policy", "to dead after 10 receives"));
    assertThat(redrive(dead, new Redrive("arn:aws:sqs:eu-central-1:1:other", 10)).what())
        .isEqualTo("moves messages to other, and the loader to dead");
    assertThat(redrive(dead, new Redrive("arn:aws:sqs:eu-central-1:1:dead", 2)).level())
        .isEqualTo(Level.WARN);
    assertThat(queue(Optional.empty(), 96, Optional.empty()))
        .filteredOn(finding -> finding.level() == Level.WARN)
        .extracting(Finding::what)
        .containsExactly("none, and no loader.queue.dead-letter-url");
  }

  @Test
  void findsABucketThatIsNotWhereTheSettingsOrCopyThink() {
    assertThat(region("eu-central-1", "eu-central-1", null))
        .containsExactly(Finding.ok("region of bucket", "eu-central-1"));
    assertThat(region("us-east-1", "us-east-1", "us-west-2"))
        .extracting(Finding::level, Finding::what)
        .containsExactly(
            tuple(Level.FAIL, "us-east-1, and COPY into public.things is told us-west-2"));
    assertThat(region("us-west-2", "us-east-1", null))
        .extracting(Finding::level, Finding::remedy)
        .containsExactly(
            tuple(Level.WARN, "set loader.aws.s3.region = us-west-2"),
            tuple(
                Level.WARN,
                "if the warehouse is not in us-west-2, set load.region = us-west-2 for the table"));
    assertThat(region("us-west-2", "us-east-1", "us-west-2"))
        .extracting(Finding::level)
        .containsExactly(Level.WARN);
    assertThat(region(null, "us-east-1", null))
        .extracting(Finding::level)
        .containsExactly(Level.INFO);
  }

  private static List<Finding> region(String bucket, String settings, String copy) {
    TableSettings plain = TableSettings.of(TABLE);
    CopyOptions options =
        new CopyOptions(false, false, Optional.empty(), 0, Optional.ofNullable(copy));
    TableSettings table =
        new TableSettings(
            TABLE,
            plain.upsert(),
            plain.loadColumn(),
            plain.layout(),
            options,
            plain.queryGroup(),
            plain.statementTimeout(),
            plain.maxBadFiles());
    BucketFacts facts =
        new BucketFacts() {
          @Override
          public Optional<String> region() {
            return Optional.ofNullable(bucket);
          }

          @Override
          public Instant writtenAt(String key) {
            return Instant.EPOCH;
          }
        };
    return new RegionCheck(
            BatchFolder.parse("s3://bucket/x"), facts, settings, settings, Map.of(TABLE, table))
        .run();
  }

  private static Finding redrive(Optional<URI> dead, Redrive policy) {
    return queue(dead, 96, Optional.of(policy)).get(3);
  }

  private static List<Finding> queue(Optional<URI> dead, int hours, Optional<Redrive> redrive) {
    QueueSettings settings = new QueueSettings(URI.create("https://sqs/1/queue"), dead);
    QueueAttributes attributes =
        new QueueAttributes(Duration.ofSeconds(30), Duration.ofHours(hours), redrive);
    return new QueueCheck(settings, url -> attributes).run();
  }

  private static Check ok(String subject) {
    return WarehouseChecks.check(subject, () -> List.of(Finding.ok(subject, "fine")));
  }

  private static Check failing(String subject, Supplier<List<Finding>> run) {
    return WarehouseChecks.check(subject, run);
  }
}
