package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the connection to the warehouse is kept private. See "Configuring authentication and SSL" of
 * the JDBC driver in the Amazon Redshift Management Guide; the driver's own default checks the
 * certificate but not whose it is.
 *
 * @param mode empty when the URL says it
 * @param rootCert the authorities to trust, as PEM, in place of those of the Java installation
 */
public record TlsSettings(Optional<Mode> mode, Optional<Path> rootCert) {
  /** What is checked. */
  public enum Mode {
    /** The certificate, and that it is made out for the host of the URL. */
    VERIFY_FULL,
    /** The certificate, whoever it is made out for: for addresses that it does not name. */
    VERIFY_CA,
    /** Nothing: passwords and statements go in the clear. */
    OFF
  }

  private static final Pattern IN_URL = Pattern.compile("(?i)[?;&](ssl|sslmode|authmech)=");

  public TlsSettings {
    requireNonNull(mode, "mode");
    requireNonNull(rootCert, "rootCert");
  }

  /** All is checked, unless the URL says otherwise. */
  public static TlsSettings unlessSaidBy(String url) {
    Optional<Mode> mode = isIn(url) ? Optional.empty() : Optional.of(Mode.VERIFY_FULL);
    return new TlsSettings(mode, Optional.empty());
  }

  /** Reads the section {@code tls}; {@code url} may be null. */
  static TlsSettings read(Settings settings, String url) {
    Mode given = settings.oneOf("mode", Mode.class, null);
    Optional<Path> rootCert = settings.optionalParsed("root-cert", TlsSettings::readable);
    if (given != null && isIn(url)) {
      settings.problem("mode", given, "is said by an option of warehouse.url too: leave one out");
    }
    if (given == Mode.OFF && rootCert.isPresent()) {
      settings.problem("root-cert", rootCert.get(), "is of no use with tls.mode = off");
    }
    Optional<Mode> mode = Optional.ofNullable(given).or(() -> unlessSaidBy(url).mode());
    return settings.valid(() -> new TlsSettings(mode, rootCert));
  }

  /** The driver's options. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    mode.ifPresent(
        chosen -> {
          switch (chosen) {
            case VERIFY_FULL -> options.put("sslmode", "verify-full");
            case VERIFY_CA -> options.put("sslmode", "verify-ca");
            case OFF -> options.put("ssl", "false");
          }
        });
    rootCert.ifPresent(file -> options.put("sslrootcert", file.toString()));
    return options;
  }

  private static boolean isIn(String url) {
    return url != null && IN_URL.matcher(url).find();
  }

  private static Path readable(String text) {
    Path file = Path.of(text);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("there is no such file, or it cannot be read");
    }
    return file;
  }
}
