package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.loader.TestClock;
import io.sluice.loader.warehouse.KeptSessions.Waiting;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptSessionsTest {
  private final TestClock clock = new TestClock();
  private final List<Runnable> later = new ArrayList<>();
  private final KeptSessions kept = new KeptSessions(clock, later::add);

  @Test
  void handsOutTheOneThatWasUsedLast() throws SQLException {
    Session first = session();
    Session second = session();
    kept.keep(first);
    kept.keep(second);

    assertThat(kept.take().map(Waiting::session)).contains(second);
    assertThat(kept.take().map(Waiting::session)).contains(first);
    assertThat(kept.take()).isEmpty();
    assertThat(first.connection().isClosed()).isFalse();
  }

  @Test
  void closesWhatNobodyTookInTime() throws SQLException {
    Session session = session();
    kept.keep(session);

    clock.advance(KeptSessions.IDLE);
    later.forEach(Runnable::run);

    assertThat(session.connection().isClosed()).isTrue();
    assertThat(kept.take()).isEmpty();
  }

  @Test
  void closesWhatHasLivedLongEnough() throws SQLException {
    Session session = session();
    clock.advance(KeptSessions.LIFE.minusSeconds(1));
    kept.keep(session);
    assertThat(kept.take()).contains(new Waiting(session, clock.instant()));

    clock.advance(Duration.ofSeconds(1));
    kept.keep(session);

    assertThat(session.connection().isClosed()).isTrue();
    assertThat(kept.take()).isEmpty();
  }

  @Test
  void keepsNoMoreThanItsLimit() throws SQLException {
    for (int i = 0; i < KeptSessions.MOST; i++) {
      kept.keep(session());
    }
    Session tooMany = session();

    kept.keep(tooMany);

    assertThat(tooMany.connection().isClosed()).isTrue();
  }

  /** A connection that knows nothing but whether it is closed. */
  private Session session() {
    boolean[] closed = new boolean[1];
    Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "close" -> {
                        closed[0] = true;
                        yield null;
                      }
                      case "isClosed" -> closed[0];
                      case "equals" -> proxy == arguments[0];
                      case "hashCode" -> System.identityHashCode(proxy);
                      case "toString" -> "connection";
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return new Session(connection, clock.instant());
  }
}
