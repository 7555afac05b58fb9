package io.sluice.acceptance.benchmark.loading;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.util.stream.Collectors;

/** The COPY that a careful person would write: the very one that the loader runs. */
final class RawCopy {
  private RawCopy() {}

  /** Of the files that the COPY manifest at this address names. */
  static String of(TableName table, String manifestUri) {
    return """
        COPY %s (%s)
        FROM '%s'
        IAM_ROLE default
        MANIFEST
        CSV DELIMITER ',' ZSTD
        TIMEFORMAT 'auto' DATEFORMAT 'auto'
        COMPUPDATE OFF STATUPDATE OFF MAXERROR 0"""
        .formatted(
            table,
            EventRows.columns().stream()
                .map(Column::name)
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", ")),
            manifestUri);
  }
}
