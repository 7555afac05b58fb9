package io.sluice.writer.land;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.writer.file.FilePlan;
import io.sluice.writer.map.IntervalContext;
import io.sluice.writer.map.Mapping;
import java.io.Serializable;

/**
 * How one interval is landed: what every task needs to know.
 *
 * @param attempt unique to this run of the writer, part of every key
 * @param <T> what a record is
 */
public record IntervalPlan<T>(
    BatchFolder folder,
    AwsSettings aws,
    Mapping<T> mapping,
    FilePlan files,
    String attempt,
    IntervalContext interval)
    implements Serializable {}
