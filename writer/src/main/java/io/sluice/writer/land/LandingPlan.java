package io.sluice.writer.land;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.FileFormat;
import io.sluice.writer.encode.TableMapping;
import java.io.Serializable;

/**
 * How slices are landed: what every task needs to know.
 *
 * @param attempt unique to this run of the writer, part of every key
 * @param targetBytes compressed bytes at which a data file is finished
 */
public record LandingPlan(
    BatchFolder folder,
    AwsSettings aws,
    TableMapping table,
    FileFormat format,
    String attempt,
    long targetBytes)
    implements Serializable {}
