package io.sluice.writer.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The shortcuts change nothing: random documents, well formed and broken, become the same rows or
 * the same rejects with them and without. {@code -Dfuzz.seed} repeats a run, {@code -Dfuzz.records}
 * makes it longer.
 */
class MappingFuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final int RECORDS = Integer.getInteger("fuzz.records", 20_000);

  private final Random random = new Random(SEED);
  private final RandomDocuments documents = new RandomDocuments(random);

  @Test
  void theShortcutsChangeNothing() {
    List<TableMapping> tables = List.of(RandomDocuments.TABLE);
    TaskMapper<SourceRecord> fast =
        new DocumentMapping(tables, null, Shortcuts.TAKEN).open(Records.INTERVAL);
    TaskMapper<SourceRecord> general =
        new DocumentMapping(tables, null, Shortcuts.LEFT).open(Records.INTERVAL);
    int rows = 0;

    for (int i = 0; i < RECORDS; i++) {
      byte[] data = documents.next();
      List<String> expected = outcome(general, data);
      rows += expected.get(0).startsWith("public.") ? 1 : 0;

      List<String> actual = outcome(fast, data);
      if (!actual.equals(expected)) {
        String shown = new String(data, StandardCharsets.ISO_8859_1);
        assertThat(actual).as("seed %d, record %d: %s", SEED, i, shown).isEqualTo(expected);
      }
    }

    assertThat(rows).as("rows of seed %d", SEED).isBetween(RECORDS / 20, RECORDS - RECORDS / 20);
  }

  private static List<String> outcome(TaskMapper<SourceRecord> mapper, byte[] data) {
    RecordingSink sink = new RecordingSink();
    try {
      mapper.map(Records.record(data), sink);
      sink.keep(Records.ARRIVAL);
      return sink.rows();
    } catch (RejectException e) {
      List<String> reject = new ArrayList<>();
      reject.add(e.reason().label());
      reject.add(e.getMessage());
      reject.add(e.column());
      reject.add(e.pointer());
      reject.add(e.value());
      return reject;
    }
  }
}
