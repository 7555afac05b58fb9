package io.sluice.loader.operate.reconcile;

import static io.sluice.loader.operate.Landing.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.loader.operate.Landing;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeepCheckTest {
  private static final Countable WHOLE = new Countable(true, Optional.empty());
  private static final Countable BY_LOAD = new Countable(true, Optional.of("sluice_load"));

  private final Landing landing = new Landing();
  private final List<Difference> told = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void load() {
    landing.load(landing.landed.land(TABLE, "1,a", "2,b"));
    landing.load(landing.landed.land(TABLE, "3,c"));
  }

  @Test
  void provesNoMoreThanItCanWithoutTheLoadOfEachRow() {
    check(WHOLE);

    assertThat(told).isEmpty();
    assertThat(notes)
        .containsExactly(
            "public.things: 3 rows, and 3 in the ledger. None is missing, unless others inserted as"
                + " many: with load-column each load is counted by itself",
            "the warehouse does not tell of its COPYs: sys_load_history cannot be read");
  }

  @Test
  void findsRowsThatAreMissingAndRowsThatAreSurplus() {
    landing.warehouse.change(TABLE, rows -> rows.remove(0));
    check(WHOLE);
    landing.warehouse.change(TABLE, rows -> rows.addAll(List.of("7,x", "8,y")));
    check(WHOLE);

    assertThat(told)
        .extracting(Difference::kind)
        .containsExactly(Kind.ROWS_MISSING, Kind.SURPLUS_ROWS);
    assertThat(told)
        .extracting(Difference::what)
        .containsExactly(
            "public.things has 2 rows in all, and the ledger has 3: 1 are missing",
            "public.things has 4 rows in all, and the ledger has 3: 1 are surplus");
    assertThat(told.get(0).table()).contains(TABLE);
    assertThat(told.get(0).manifest()).isEmpty();
    assertThat(notes.get(0)).contains("Rows that others insert or delete count too");
  }

  @Test
  void findsThemLoadByLoadWhereAColumnNamesIt() {
    List<String> loads =
        landing.warehouse.ledgerRows().stream().map(row -> row.loadId()).distinct().toList();
    landing.warehouse.change(
        TABLE,
        rows -> {
          rows.clear();
          rows.addAll(List.of("1,a," + loads.get(0), "2,b," + loads.get(0), "3,c," + loads.get(1)));
        });
    check(BY_LOAD);
    assertThat(told).isEmpty();
    assertThat(notes.get(0))
        .isEqualTo(
            "public.things: every load has the rows that the ledger promises, and no row is left");

    landing.warehouse.change(
        TABLE,
        rows -> {
          rows.remove(0);
          rows.add("9,z");
        });
    check(BY_LOAD);

    assertThat(told)
        .extracting(Difference::what)
        .containsExactlyInAnyOrder(
            "public.things has 1 rows of load %s, and the ledger has 2: 1 are missing"
                .formatted(loads.get(0)),
            "public.things has 1 rows of no load, and the ledger has 0: 1 are surplus");
  }

  @Test
  void countsNoRowsThatReplaceEachOther() {
    check(new Countable(false, Optional.empty()));

    assertThat(told).isEmpty();
    assertThat(notes.get(0))
        .isEqualTo("public.things: its rows replace each other, so that they cannot be counted");
  }

  private void check(Countable how) {
    new DeepCheck(landing.warehouse, Map.of(TABLE, how), landing.clock).run(told::add, notes::add);
  }
}
