package io.sluice.writer.file;

import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.upload.ObjectWriter;

/** Turns rows, as encoders leave them, into the bytes of one file. For one thread. */
interface FileBody {
  /** Takes the bytes of whole rows. */
  void write(byte[] rows, int from, int to);

  /** What is held beside the object's own bytes. */
  long held();

  /** Writes what a file ends with. */
  void end();

  /** Gives back what it has, after {@link #end} or instead of it. */
  void close();

  /** A body for the table's format. */
  static FileBody of(TableLayout table, ObjectWriter out) {
    return switch (table.format().format()) {
      case CSV, DELIMITED, JSON ->
          switch (table.format().compression()) {
            case NONE -> new PlainBody(out);
            case GZIP, ZSTD, DEFLATE, SNAPPY ->
                new CodecBody(table.format().compression(), table.compressionLevel(), out);
          };
      case AVRO -> new AvroBody(table, out);
      case PARQUET -> new ParquetBody(table, out);
    };
  }

  /** How many of a task's open files this kind counts for, by its memory. */
  static int places(TableLayout table) {
    return switch (table.format().format()) {
      case CSV, DELIMITED, JSON, AVRO -> 1;
      case PARQUET -> ParquetBody.PLACES;
    };
  }
}
