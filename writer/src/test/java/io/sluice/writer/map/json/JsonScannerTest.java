package io.sluice.writer.map.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.writer.map.RandomDocuments;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonScannerTest {
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

  private final RandomDocuments documents = new RandomDocuments(new Random(SEED));

  /** Most documents must take the short way, or {@code MappingFuzzTest} proves nothing. */
  @Test
  void readsPlainDocumentsByItself() {
    PointerTree tree = new PointerTree();
    RandomDocuments.TABLE.columns().forEach(column -> tree.slot(column.pointer()));
    Slots slots = new Slots(tree);
    int scanned = 0;

    for (int i = 0; i < 1000; i++) {
      byte[] data = documents.wellFormed();
      slots.begin(data);
      scanned += new JsonScanner().scan(data, 0, data.length, tree.root(), slots) ? 1 : 0;
    }

    assertThat(scanned).as("documents of seed %d", SEED).isGreaterThan(500);
  }
}
