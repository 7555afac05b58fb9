package io.sluice.common.aws;

import static java.util.Objects.requireNonNull;

import io.sluice.common.aws.AwsSettings.Role;
import io.sluice.common.config.Settings;
import java.io.Serializable;
import java.util.Optional;

/**
 * How the bucket is reached, and what every object that is put into it asks for: data files,
 * rejects and manifests alike.
 *
 * @param pathStyle whether buckets are named in the path instead of the host, as stand-ins want it
 * @param region the bucket's region, null when it is that of the other services
 * @param role a role to assume for S3 only, null for none
 * @param encryption who encrypts with which key
 * @param kmsKey the id or ARN of a key of KMS, null for the account's own; only with SSE_KMS
 * @param acl who may do what, null for the bucket's default
 * @param storageClass null for the bucket's default
 * @param requesterPays whether requests are paid for by us, as a bucket of that kind wants it
 */
public record S3Settings(
    boolean pathStyle,
    String region,
    Role role,
    Encryption encryption,
    String kmsKey,
    Acl acl,
    StorageClass storageClass,
    boolean requesterPays)
    implements Serializable {
  /** See "Protecting data with server-side encryption" in the Amazon S3 User Guide. */
  public enum Encryption {
    /** Whatever the bucket does by default. */
    NONE,
    /** With keys that S3 manages. */
    SSE_S3,
    /** With a key of KMS. */
    SSE_KMS
  }

  /** See "Canned ACL" in the Amazon S3 User Guide. */
  public enum Acl {
    BUCKET_OWNER_FULL_CONTROL
  }

  /** The storage classes from which objects are read at once, as COPY must. */
  public enum StorageClass {
    STANDARD,
    STANDARD_IA,
    ONEZONE_IA,
    INTELLIGENT_TIERING,
    GLACIER_IR
  }

  public S3Settings {
    requireNonNull(encryption, "encryption");
    if (kmsKey != null && encryption != Encryption.SSE_KMS) {
      throw new IllegalArgumentException("kms-key goes with encryption = sse-kms only");
    }
  }

  /** Nothing but an address. */
  static S3Settings plain(boolean pathStyle) {
    return new S3Settings(pathStyle, null, null, Encryption.NONE, null, null, null, false);
  }

  static S3Settings read(Settings settings) {
    boolean pathStyle = settings.flag("path-style", false);
    String region = settings.optionalString("region").orElse(null);
    Optional<Role> role = settings.optionalSection("role", Role::read);
    Encryption encryption = settings.oneOf("encryption", Encryption.class, Encryption.NONE);
    String kmsKey = settings.optionalString("kms-key").orElse(null);
    Acl acl = settings.oneOf("acl", Acl.class, null);
    StorageClass storageClass = settings.oneOf("storage-class", StorageClass.class, null);
    boolean requesterPays = settings.flag("requester-pays", false);
    return settings.valid(
        () ->
            new S3Settings(
                pathStyle,
                region,
                role.orElse(null),
                encryption,
                kmsKey,
                acl,
                storageClass,
                requesterPays));
  }

  /** The bucket's region, or {@code other} when it has none of its own. */
  public String regionOr(String other) {
    return region == null ? other : region;
  }
}
