package io.sluice.acceptance.benchmark.spark;

import java.io.IOException;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaRDD;

/** One way to do the work that is compared: lands records, as Kinesis hands them over, in S3. */
interface Variant {
  /** What tables and results call it. */
  String name();

  /**
   * Lands all records below a prefix that nothing has been written to before.
   *
   * @return the prefix below which the data lies: the target's, or one of the variant's own making
   */
  String land(JavaRDD<byte[]> records, Target target) throws IOException;

  /**
   * The CPU seconds of the last call, if the variant knows them better than the process does as a
   * whole.
   */
  default OptionalDouble ownCpuSeconds() {
    return OptionalDouble.empty();
  }

  /**
   * Where to land.
   *
   * @param prefix in the storage's bucket, without slashes around it
   */
  record Target(Storage storage, String prefix) {
    /** The address as Hadoop's file systems take it. */
    String uri() {
      return storage.uri() + "/" + prefix;
    }
  }
}
