package io.sluice.loader.health;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import io.sluice.common.manifest.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the loader is watched.
 *
 * @param address the host name or address of the interface that is listened on
 * @param port the port there, 0 for any free one
 * @param webhooks where alerts go
 * @param goals what is expected of each table that is loaded
 */
public record HealthSettings(
    String address, int port, List<Webhook> webhooks, Map<TableName, TableGoals> goals) {
  /** Prometheus' list of ports has given out all from 9100 to 9999. */
  static final int DEFAULT_PORT = 10190;

  public HealthSettings {
    requireNonNull(address, "address");
    webhooks = List.copyOf(webhooks);
    goals = Collections.unmodifiableMap(new LinkedHashMap<>(goals));
  }

  /** Reads the sections {@code health} and {@code alerts}; the tables' goals are added later. */
  public static HealthSettings read(Settings settings) {
    Listen listen = settings.section("health", Listen::read);
    List<Webhook> webhooks =
        settings.section("alerts", alerts -> alerts.optionalSections("webhooks", Webhook::read));
    return settings.valid(
        () -> new HealthSettings(listen.address(), listen.port(), webhooks, Map.of()));
  }

  /** The same with these tables. */
  public HealthSettings withGoals(Map<TableName, TableGoals> tables) {
    return new HealthSettings(address, port, webhooks, tables);
  }

  private record Listen(String address, int port) {
    private static Listen read(Settings settings) {
      String address = settings.string("address", "127.0.0.1");
      long port = settings.number("port", DEFAULT_PORT, 0, 65535);
      return new Listen(address, (int) port);
    }
  }
}
