package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two loaders that both get every batch: the race that the load transaction is made for. */
@Timeout(120)
class LockFirstIT extends RedshiftServerCase {
  private static final int BATCHES = 60;
  private static final int ROWS = 4;

  /** One load of one batch, in a transaction that the caller commits or rolls back. */
  private interface Recipe {
    /** Whether anything was loaded. */
    boolean load(Connection connection, int batch) throws Exception;
  }

  @BeforeEach
  void emptyLedger() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "drop table if exists ledger");
      execute(connection, "drop table if exists load_lock");
      execute(connection, "create table ledger (batch int)");
      execute(connection, "create table load_lock (nothing int)");
    }
    for (int i = 0; i < BATCHES; i++) {
      objects().put("batch/" + i + ".csv", (i + ",a,\n").repeat(ROWS));
    }
  }

  @Test
  void loadsEveryBatchExactlyOnceWithTheLockFirst() throws Exception {
    race(
        (connection, batch) -> {
          execute(connection, "lock table load_lock");
          if (isLoaded(connection, batch)) {
            return false;
          }
          load(connection, batch);
          return true;
        });

    try (Connection connection = connect()) {
      assertThat(value(connection, "select count(*), count(distinct id) from t"))
          .isEqualTo(BATCHES * ROWS + "|" + BATCHES);
      assertThat(value(connection, "select count(*) from ledger"))
          .isEqualTo(Integer.toString(BATCHES));
    }
  }

  @Test
  void doublesWhatIsCheckedBeforeTheLock() throws Exception {
    CyclicBarrier bothHaveChecked = new CyclicBarrier(2);
    race(
        (connection, batch) -> {
          boolean loaded = isLoaded(connection, batch);
          bothHaveChecked.await(30, TimeUnit.SECONDS);
          if (loaded) {
            return false;
          }
          load(connection, batch);
          return true;
        });

    try (Connection connection = connect()) {
      assertThat(value(connection, "select count(*) from t"))
          .isEqualTo(Integer.toString(2 * BATCHES * ROWS));
    }
  }

  private static void race(Recipe recipe) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> loaders = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        loaders.add(pool.submit(() -> loadAll(recipe)));
      }
      for (Future<?> loader : loaders) {
        loader.get(100, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void loadAll(Recipe recipe) throws Exception {
    try (Connection connection = transaction()) {
      for (int batch = 0; batch < BATCHES; batch++) {
        if (recipe.load(connection, batch)) {
          connection.commit();
        } else {
          connection.rollback();
        }
      }
    }
    return null;
  }

  private static boolean isLoaded(Connection connection, int batch) throws SQLException {
    return !rows(connection, "select batch from ledger where batch = " + batch).isEmpty();
  }

  private static void load(Connection connection, int batch) throws SQLException {
    copy(connection, "s3://lake/batch/" + batch + ".csv", "");
    execute(connection, "insert into ledger values (" + batch + ")");
  }
}
