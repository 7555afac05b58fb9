package io.sluice.writer;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.ConfigLocation;
import io.sluice.common.config.ConfigException;
import io.sluice.common.config.EffectiveSetting;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.FencedException;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.writer.check.Finding;
import io.sluice.writer.check.Preflight;
import io.sluice.writer.source.Source;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The application that spark-submit runs.
 *
 * <p>Exit codes: 1 an interval failed, 2 usage or configuration, 4 fenced by another writer, 143
 * stopped by SIGTERM, which lets the interval in hand finish. After 1 a supervisor starts it again;
 * it goes on from the manifest log.
 */
@Command(
    name = "sluice-writer",
    description = "Lands Kinesis streams in S3, each batch interval exactly once.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:--check found nothing wrong, or --print-config or --help has printed",
      "1:an interval failed, or AWS did not answer: start again, it goes on from the manifest log",
      "2:usage or configuration: repair what the last lines name",
      "4:fenced: another writer has taken the batch folder over",
      "143:stopped by SIGTERM, after the interval in hand"
    },
    footer = {
      "",
      "Examples:",
      "  spark-submit --class io.sluice.writer.WriterApp sluice-writer-all.jar --config writer.conf --check",
      "  spark-submit --class io.sluice.writer.WriterApp sluice-writer-all.jar --config s3://bucket/writer.conf"
    })
public final class WriterApp implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(WriterApp.class);

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int MISCONFIGURED = 2;
  private static final int FENCED = 4;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The settings, in HOCON: a path, classpath:NAME or s3://bucket/key.",
      converter = LocationConverter.class)
  private ConfigLocation config;

  @ArgGroup private Instead instead;

  @Spec private CommandSpec spec;

  /** What is done in place of landing. */
  private static final class Instead {
    @Option(
        names = "--check",
        description =
            "Look at settings, bucket, manifest log, streams and queue, tell what a start would do, and end.")
    private boolean check;

    @Option(
        names = "--print-config",
        description = "Print every setting that holds, defaults included, and end.")
    private boolean print;
  }

  private static final class LocationConverter
      implements CommandLine.ITypeConverter<ConfigLocation> {
    @Override
    public ConfigLocation convert(String value) {
      return new ConfigLocation(value);
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new WriterApp()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (instead != null && instead.print) {
        return printConfig();
      }
      WriterConfig settings = config.read("writer", WriterConfig::read);
      if (instead != null && instead.check) {
        return check(settings);
      }
      run(settings);
      return DONE;
    } catch (ConfigException e) {
      log.error("{}", e.getMessage());
      return MISCONFIGURED;
    } catch (ObjectStoreException e) {
      if (!e.isTransient()) {
        log.error("the writer stops until this is repaired: {}", e.getMessage());
        return MISCONFIGURED;
      }
      log.error(
          "the writer stops, and the next start goes on from the manifest log: {}",
          e.getMessage(),
          e);
      return FAILED;
    } catch (ContractException e) {
      log.error("the writer cannot go on from its manifest log: {}", e.getMessage(), e);
      return MISCONFIGURED;
    } catch (FencedException e) {
      log.error("{}", e.getMessage());
      return FENCED;
    } catch (IntervalFailedException e) {
      log.error("the writer stops, and the next start goes on from the manifest log", e.getCause());
      return FAILED;
    } catch (SdkClientException e) {
      log.error("the writer could not start: {}", e.getMessage(), e);
      return FAILED;
    }
  }

  private static void run(WriterConfig settings) throws InterruptedException {
    Clock clock = Clock.systemUTC();
    Source source = Sources.of(settings, clock);
    new StreamingRun(settings, source, clock).run();
  }

  private int printConfig() {
    List<EffectiveSetting> effective = config.effective("writer", WriterConfig::read);
    PrintWriter out = spec.commandLine().getOut();
    effective.forEach(out::println);
    out.flush();
    return DONE;
  }

  private int check(WriterConfig settings) {
    LandingConfig landing = settings.landing();
    AwsClients clients = new AwsClients(landing.aws());
    AmazonS3 s3 = clients.s3();
    AmazonSQS sqs = clients.impatientSqs();
    PrintWriter out = spec.commandLine().getOut();
    try (Source source = Sources.of(settings, Clock.systemUTC())) {
      List<Finding> findings =
          new Preflight(
                  landing.batchFolder(),
                  new S3ObjectStore(s3, landing.batchFolder().bucket()),
                  landing.manifests(s3),
                  source,
                  sqs,
                  landing.queueUrl())
              .run();
      out.println("ok    settings       " + config);
      findings.forEach(out::println);
      settings.plan().forEach(out::println);
      out.flush();
      return findings.stream().anyMatch(Finding::isFailure) ? MISCONFIGURED : DONE;
    } finally {
      s3.shutdown();
      sqs.shutdown();
    }
  }
}
