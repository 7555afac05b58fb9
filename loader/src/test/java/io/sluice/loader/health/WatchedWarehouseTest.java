package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import io.sluice.loader.warehouse.LoadTransaction;
import io.sluice.loader.warehouse.WarehouseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedWarehouseTest {
  private final InMemoryWarehouse inner =
      new InMemoryWarehouse(new InMemoryObjectStore(), "bucket", Loads.TABLE);
  private final List<String> told = new ArrayList<>();
  private final WatchedWarehouse warehouse = new WatchedWarehouse(inner, new Recorder());

  @Test
  void tellsThatTheWarehouseAnswered() {
    try (LoadTransaction transaction = warehouse.begin(Loads.TABLE, List.of(Loads.id(1)))) {
      assertThat(transaction.loaded()).isEmpty();
    }
    warehouse.ledger().loaded(List.of(Loads.id(1)));
    warehouse.ledger().progress(Loads.FOLDER);
    warehouse.problems(List.of(Loads.TABLE));

    assertThat(told).containsExactly("answered", "answered", "answered", "answered");
  }

  @Test
  void tellsThatItDidNotAndThrowsOn() {
    inner.failNextBegin(FailureKind.TRANSIENT, "connection refused");

    assertThatThrownBy(() -> warehouse.begin(Loads.TABLE)).isInstanceOf(WarehouseException.class);

    assertThat(told).singleElement().asString().contains("failed", "connection refused");
  }

  @Test
  void takesATableThatLacksSomethingForNoFailureOfTheWarehouse() {
    inner.failNextBegin(FailureKind.MISCONFIGURED, "no lock table");

    assertThatThrownBy(() -> warehouse.begin(Loads.TABLE)).isInstanceOf(WarehouseException.class);

    assertThat(told).isEmpty();
  }

  @Test
  void takesNoQuestionForAnAnswer() {
    assertThat(warehouse.ledger().loaded(List.of())).isEmpty();

    assertThat(told).isEmpty();
  }

  private final class Recorder implements LoaderEvents {
    @Override
    public void warehouseAnswered() {
      told.add("answered");
    }

    @Override
    public void warehouseFailed(String reason) {
      told.add("failed: " + reason);
    }
  }
}
