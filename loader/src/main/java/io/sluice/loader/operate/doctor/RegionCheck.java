package io.sluice.loader.operate.doctor;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.BucketFacts;
import io.sluice.loader.warehouse.TableSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a bucket is where the settings think, and COPY is told where it is.
 *
 * @param ofS3 the region of the settings of S3, null when the SDK looks for one
 * @param ofAws that of everything else, as a rule the warehouse's; null likewise
 */
record RegionCheck(
    BatchFolder folder,
    BucketFacts facts,
    String ofS3,
    String ofAws,
    Map<TableName, TableSettings> tables)
    implements Check {
  @Override
  public String subject() {
    return "region of " + folder.bucket();
  }

  @Override
  public List<Finding> run() {
    Optional<String> bucket = facts.region();
    if (bucket.isEmpty()) {
      return List.of(Finding.info(subject(), "the store does not say"));
    }
    String region = bucket.get();
    List<Finding> findings = new ArrayList<>();
    if (ofS3 != null && !ofS3.equals(region)) {
      findings.add(
          Finding.warn(
              subject(),
              "%s, and the settings say %s".formatted(region, ofS3),
              "set loader.aws.s3.region = " + region));
    }
    tables.forEach((table, settings) -> copyRegion(region, table, settings, findings));
    return findings.isEmpty() ? List.of(Finding.ok(subject(), region)) : findings;
  }

  private void copyRegion(
      String region, TableName table, TableSettings settings, List<Finding> findings) {
    Optional<String> told = settings.copy().region();
    if (told.isPresent() && !told.get().equals(region)) {
      findings.add(
          Finding.fail(
              subject(),
              "%s, and COPY into %s is told %s".formatted(region, table, told.get()),
              "set load.region = %s for the table".formatted(region)));
    } else if (told.isEmpty() && ofAws != null && !ofAws.equals(region)) {
      findings.add(
          Finding.warn(
              subject(),
              "%s, and COPY into %s is not told; loader.aws.region is %s"
                  .formatted(region, table, ofAws),
              "if the warehouse is not in %s, set load.region = %s for the table"
                  .formatted(region, region)));
    }
  }
}
