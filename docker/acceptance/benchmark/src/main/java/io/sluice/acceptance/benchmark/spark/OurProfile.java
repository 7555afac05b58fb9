package io.sluice.acceptance.benchmark.spark;

import io.sluice.acceptance.benchmark.spark.Comparisons.Size;
import io.sluice.acceptance.benchmark.spark.Variant.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.api.java.JavaRDD;

/** Records what the writer is busy with in the comparison behind one goal. */
final class OurProfile {
  private static final int BULK_LANDINGS = 3;
  private static final int SMALL_LANDINGS = 300;

  private final Lab lab;
  private final Size size;
  private final Path folder;
  private final PrintWriter out;

  OurProfile(Lab lab, Size size, Path folder, PrintWriter out) {
    this.lab = lab;
    this.size = size;
    this.folder = folder;
    this.out = out;
  }

  /** The writer's side of a comparison. */
  private record Side(Variant variant, boolean small) {}

  /** Warms up, records and prints. */
  void of(String goal) throws IOException {
    Side side = side(goal);
    Storage storage = lab.storage("profile", Duration.ZERO);
    JavaRDD<byte[]> records =
        lab.persisted(side.small() ? size.smallRecords() : size.records(), size.partitions());
    int landings = side.small() ? SMALL_LANDINGS : BULK_LANDINGS;
    land(side.variant(), records, storage, landings);
    Path file = folder.resolve(goal + ".jfr");
    Profile profile =
        Profile.of(
            file,
            () -> {
              land(side.variant(), records, storage, landings);
              return null;
            });
    out.printf("%n%s: %s%n", goal, side.variant().name());
    profile.print(out);
    out.printf("%nthe recording: %s%n", file);
    out.flush();
  }

  private static Side side(String goal) {
    return switch (goal) {
      case "W3", "W4", "W11" -> new Side(OurWriter.csvZstd(), false);
      case "W5" -> new Side(OurWriter.linesGzip(), false);
      case "W7", "W8", "W9" -> new Side(OurWriter.linesZstd(), true);
      default -> new Side(OurWriter.linesZstd(), false);
    };
  }

  private static void land(Variant variant, JavaRDD<byte[]> records, Storage storage, int landings)
      throws IOException {
    for (int i = 0; i < landings; i++) {
      storage.delete(variant.land(records, new Target(storage, "profile/" + i)));
    }
  }
}
