package io.sluice.stack.redshift;

import static io.sluice.stack.redshift.RedshiftServerCase.copy;
import static io.sluice.stack.redshift.RedshiftServerCase.execute;
import static io.sluice.stack.redshift.RedshiftServerCase.rows;

import com.amazon.redshift.util.RedshiftException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Two loaders, straight on JDBC, that both get every batch. */
final class LoaderRace {
  static final int BATCHES = 60;
  static final int ROWS = 4;

  private final Callable<Connection> connections;
  private final List<String> conflicts = new ArrayList<>();

  /** One load of one batch, in a transaction that the race commits or rolls back. */
  private interface Recipe {
    /** Whether anything was loaded. */
    boolean load(Connection connection, int batch) throws Exception;
  }

  /** Races over these connections, on tables of its own that are empty at the start. */
  LoaderRace(Callable<Connection> connections, InMemoryObjects objects) throws Exception {
    this.connections = connections;
    try (Connection connection = connections.call()) {
      execute(connection, "drop table if exists t, ledger, load_lock");
      execute(connection, "create table t (id int not null, name varchar(8), at timestamp)");
      execute(connection, "create table ledger (batch int)");
      execute(connection, "create table load_lock (nothing int)");
      connection.commit();
    }
    for (int i = 0; i < BATCHES; i++) {
      objects.put("batch/" + i + ".csv", (i + ",a,\n").repeat(ROWS));
    }
  }

  /** The recipe of the loader: the lock comes first. */
  void withTheLockFirst() throws Exception {
    race(
        (connection, batch) -> {
          execute(connection, "lock table load_lock");
          if (isLoaded(connection, batch)) {
            return false;
          }
          load(connection, batch);
          return true;
        });
  }

  /** The obvious recipe: both look, and then both load what neither has found. */
  void withTheCheckFirst() throws Exception {
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
  }

  /** The details of the errors 1023 that loaders have met, each a load rolled back. */
  synchronized List<String> conflicts() {
    return List.copyOf(conflicts);
  }

  private void race(Recipe recipe) throws Exception {
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

  private Void loadAll(Recipe recipe) throws Exception {
    try (Connection connection = connections.call()) {
      for (int batch = 0; batch < BATCHES; batch++) {
        if (loads(recipe, connection, batch)) {
          connection.commit();
        } else {
          connection.rollback();
        }
      }
    }
    return null;
  }

  private boolean loads(Recipe recipe, Connection connection, int batch) throws Exception {
    try {
      return recipe.load(connection, batch);
    } catch (RedshiftException e) {
      if (!e.getServerErrorMessage().getMessage().equals("1023")) {
        throw e;
      }
      noteConflict(e.getServerErrorMessage().getDetail());
      return false;
    }
  }

  private synchronized void noteConflict(String detail) {
    conflicts.add(detail);
  }

  private static boolean isLoaded(Connection connection, int batch) throws SQLException {
    return !rows(connection, "select batch from ledger where batch = " + batch).isEmpty();
  }

  private static void load(Connection connection, int batch) throws SQLException {
    copy(connection, "s3://lake/batch/" + batch + ".csv", "");
    execute(connection, "insert into ledger values (" + batch + ")");
  }
}
