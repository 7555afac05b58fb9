package io.sluice.acceptance.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A proof is worth what it finds: each kind of damage is told, and a sound folder is not. */
class LandedProofTest {
  private static final Map<String, List<String>> PARENTS =
      Map.of("parent", List.of(), "other", List.of(), "child", List.of("parent"));
  private static final Map<String, Long> ONE_REJECT = Map.of("not-json", 1L);
  private static final String REJECT = "{\"reason\":\"not-json\",\"data\":\"4\"}\n";

  private final LandedFolderSample sample = new LandedFolderSample();

  @Test
  void aSoundFolderHasNoDifferences() {
    sound();

    assertThat(differences()).isEmpty();
  }

  @Test
  void aLostRecordIsFound() {
    sample.takeover("a").took("parent", 1, 1, false).rows("a-1-0.csv.zst", "0,n0\n");
    sample.commit("a", Map.of());

    assertThat(differences())
        .containsExactly(
            "lost record: id 1", "lost record: id 2", "lost record: id 3", "lost record: id 4");
  }

  @Test
  void aDoubleRecordIsFound() {
    sound();
    sample.took("other", 1, 1, false).rows("b-9-0.csv.zst", "2,n2\n").commit("b", Map.of());

    assertThat(differences())
        .singleElement()
        .asString()
        .startsWith("double record: id 2, once more in ")
        .endsWith("b-9-0.csv.zst");
  }

  @Test
  void aForeignOneAndAWrongOneAreFound() {
    sound();
    sample
        .took("other", 1, 3, false)
        .rows("b-9-0.csv.zst", "5,n5\nx,n6\n\\N,n7\n")
        .commit("b", Map.of());

    assertThat(differences())
        .anyMatch(difference -> difference.startsWith("foreign id: 5 in "))
        .filteredOn(difference -> difference.startsWith("foreign row: "))
        .hasSize(2);
  }

  @Test
  void aRowWithAnotherContentIsFound() {
    sample.takeover("a").took("parent", 1, 4, false);
    sample.rows("a-1-0.csv.zst", "0,n0\n1,\"n1\"\n2,n3\n3,\\N\n");
    sample.took("other", 1, 1, false).rejects("a-2-0.jsonl.zst", REJECT).commit("a", ONE_REJECT);

    assertThat(differences())
        .hasSize(2)
        .allMatch(difference -> difference.startsWith("wrong row: "));
  }

  @Test
  void aRejectForAnotherReasonIsFound() {
    sample.takeover("a").took("parent", 1, 5, false).rows("a-1-0.csv.zst", "0,n0\n1,n1\n2,n2\n");
    sample.rejects(
        "a-1-0.jsonl.zst", "{\"reason\":\"missing\",\"data\":\"4\"}\n" + REJECT.replace("4", "3"));
    sample.commit("a", Map.of("not-json", 2L));

    assertThat(differences())
        .anyMatch(difference -> difference.startsWith("reasons in the manifests: "))
        .filteredOn(difference -> difference.startsWith("wrong reject: "))
        .hasSize(2);
  }

  @Test
  void aDamagedFileIsFound() {
    sound();
    sample.damage("a-1-0.csv.zst");

    assertThat(differences())
        .anyMatch(difference -> difference.startsWith("checksum of "))
        .anyMatch(difference -> difference.startsWith("size of "))
        .anyMatch(difference -> difference.startsWith("broken file: "))
        .contains("lost record: id 0");
  }

  @Test
  void overlappingRangesAreFound() {
    sample.takeover("a").took("parent", 1, 2, false).rows("a-1-0.csv.zst", "0,n0\n1,n1\n");
    sample.commit("a", Map.of()).took("parent", 2, 3, false).rows("a-2-0.csv.zst", "2,n2\n3,n3\n");
    sample.commit("a", Map.of());

    assertThat(differences())
        .anyMatch(
            difference ->
                difference.equals(
                    "overlapping ranges: manifest 3 takes parent from 2/0, though 2/0 was taken"));
  }

  @Test
  void aChildThatIsReadBeforeItsParentsEndIsFound() {
    sample.takeover("a").took("parent", 1, 1, false).took("child", 2, 2, false);
    sample.rows("a-1-0.csv.zst", "0,n0\n1,n1\n").commit("a", Map.of());

    assertThat(differences()).contains("child before its parent: child in manifest 2, parent");
    assertThat(differences(ShardOrder.AS_RECEIVED))
        .noneMatch(difference -> difference.startsWith("child before"));
  }

  @Test
  void aRangeBehindTheEndAndAForeignShardAreFound() {
    sample.takeover("a").took("parent", 1, 1, true).rows("a-1-0.csv.zst", "0,n0\n");
    sample.commit("a", Map.of()).took("parent", 2, 2, true).took("unheard", 1, 1, false);
    sample.rows("a-2-0.csv.zst", "1,n1\n2,n2\n").commit("a", Map.of());

    assertThat(differences())
        .contains(
            "range of an ended shard: parent in manifest 3",
            "foreign shard: unheard in manifest 3");
  }

  @Test
  void aManifestOfAFencedRunIsFound() {
    sample.takeover("a").takeover("b").took("parent", 1, 1, false).rows("a-1-0.csv.zst", "0,n0\n");
    sample.commit("a", Map.of());

    assertThat(differences())
        .anyMatch(difference -> difference.startsWith("manifest of a fenced run: 3 by "));
  }

  @Test
  void recordsThatAreNeitherRowsNorRejectsAreFound() {
    sample.takeover("a").took("parent", 1, 2, false).rows("a-1-0.csv.zst", "0,n0\n");
    sample.commit("a", Map.of());

    assertThat(differences())
        .contains("records of a manifest: 2 has 2 records, 1 rows, 0 rejects, 0 reasons");
  }

  @Test
  void anOrphanOfAKnownRunIsNoneAndAForeignObjectIsOne() {
    sound();
    sample.object("20261122T120000.000Z/public.events/part-00001-a-7-0.csv.zst");
    sample.object("20261122T120000.000Z/public.events/part-00001-z-7-0.csv.zst");
    sample.object("notes.txt");

    assertThat(differences())
        .containsExactly(
            "foreign object: 20261122T120000.000Z/public.events/part-00001-z-7-0.csv.zst",
            "foreign object: notes.txt");
  }

  @Test
  void aGapInTheLogIsFound() {
    sound();
    sample.object("_manifests/00000000000000000009.json");

    assertThat(differences())
        .anyMatch(difference -> difference.startsWith("manifests before the first gap: 4, "));
  }

  /** Two runs, two intervals, a shard that ends and its child. */
  private void sound() {
    sample.takeover("a").took("parent", 1, 2, true).rows("a-1-0.csv.zst", "0,n0\n1,\"n1\"\n");
    sample.commit("a", Map.of()).takeover("b").took("child", 3, 5, false);
    sample.rows("b-1-0.csv.zst", "2,n2\n3,n3\n").rejects("b-1-0.jsonl.zst", REJECT);
    sample.commit("b", ONE_REJECT);
  }

  private List<String> differences() {
    return differences(ShardOrder.PARENTS_FIRST);
  }

  private List<String> differences(ShardOrder order) {
    Differences differences = new Differences();
    FolderView folder = sample.view();
    new LogCheck(PARENTS, order, differences).check(folder);
    new RecordCheck(new FiveRecords(), new BatchFiles(folder, differences), differences)
        .check(folder);
    new OrphanCheck(differences).check(folder);
    return differences.list();
  }

  /** Records 0 to 3 are good, 4 is no JSON. */
  private static final class FiveRecords implements Expectation {
    @Override
    public long records() {
      return 5;
    }

    @Override
    public Optional<String> rejectReason(long id) {
      return id == 4 ? Optional.of("not-json") : Optional.empty();
    }

    @Override
    public OptionalLong idOfRow(Map<String, Optional<String>> row) {
      return row.get("id").map(FiveRecords::id).orElseGet(OptionalLong::empty);
    }

    @Override
    public boolean isRowOf(long id, Map<String, Optional<String>> row) {
      return row.get("note").equals(Optional.of("n" + id));
    }

    @Override
    public OptionalLong idOfReject(String data) {
      return id(data);
    }

    private static OptionalLong id(String text) {
      return text.matches("[0-9]+") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
  }
}
