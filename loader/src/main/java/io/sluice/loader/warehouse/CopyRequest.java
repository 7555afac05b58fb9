package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.FileFormat;
import java.util.List;

/**
 * One COPY.
 *
 * @param manifestUri the {@code s3://} address of the COPY manifest
 * @param columns the columns of every file, in the order of the fields
 * @param format how every file is written
 */
public record CopyRequest(String manifestUri, List<Column> columns, FileFormat format) {
  public CopyRequest {
    requireNonNull(manifestUri, "manifestUri");
    requireNonNull(format, "format");
    columns = List.copyOf(columns);
  }
}
