package io.sluice.stack.redshift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/** A version of Redshift's driver and the way in which it connects. */
enum RedshiftDriver {
  CURRENT_PLAIN(false, false),
  CURRENT_TLS(false, true),
  OLDEST_PLAIN(true, false),
  OLDEST_TLS(true, true);

  private static final Driver CURRENT = new com.amazon.redshift.Driver();
  private static final Driver OLDEST = loadOldest();

  private final boolean oldest;
  private final boolean encrypted;

  RedshiftDriver(boolean oldest, boolean encrypted) {
    this.oldest = oldest;
    this.encrypted = encrypted;
  }

  /** Connects as the server's own user. */
  Connection connect(RedshiftServer server, Path authority, String... properties)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", server.user());
    login.setProperty("password", server.password());
    for (int i = 0; i < properties.length; i += 2) {
      login.setProperty(properties[i], properties[i + 1]);
    }
    String url = "jdbc:redshift://127.0.0.1:%d/dev?".formatted(server.port());
    return (oldest ? OLDEST : CURRENT)
        .connect(
            url + (encrypted ? "sslmode=verify-full&sslrootcert=" + authority : "ssl=false"),
            login);
  }

  /** The one that the build has put aside, in a class loader that knows the JDK only. */
  private static Driver loadOldest() {
    Path jar = Path.of("target", "oldest-driver", "redshift-jdbc42.jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar.toAbsolutePath() + " is missing: build with Maven first");
    }
    try {
      URLClassLoader loader =
          new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
      return (Driver) loader.loadClass("com.amazon.redshift.Driver").getConstructor().newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the oldest driver does not load", e);
    }
  }
}
