package io.sluice.stack.redshift.session;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** Who may log in. Safe for many threads. */
public interface Accounts {
  /** The account of this user; empty if there is none, or none with a password. */
  Optional<Account> find(String user);

  /**
   * A user's login.
   *
   * @param md5 {@code md5} and the hexadecimal digest of password and user name
   * @param validUntil when the password expires, if ever
   */
  record Account(String md5, Optional<Instant> validUntil) {
    /** Checks that nothing is missing. */
    public Account {
      requireNonNull(md5, "md5");
      requireNonNull(validUntil, "validUntil");
    }

    /** Without the digest, which is as good as the password. */
    @Override
    public String toString() {
      return "Account[validUntil=" + validUntil + "]";
    }
  }
}
