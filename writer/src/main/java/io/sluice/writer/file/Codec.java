package io.sluice.writer.file;

import io.sluice.writer.upload.ObjectWriter;

/**
 * Compresses texts, one file after another, with memory outside of the heap that it keeps from file
 * to file. For one thread at a time.
 */
abstract class Codec {
  /** Begins a file; whatever was begun before is forgotten. */
  abstract void begin(int level, ObjectWriter out);

  abstract void write(byte[] bytes, int from, int to);

  /** Ends the file. */
  abstract void end();

  /** Gives the memory back. */
  abstract void close();
}
