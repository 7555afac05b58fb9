package io.sluice.stack.redshift.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for {@code localhost} and {@code 127.0.0.1}, signed by an authority of its own that
 * exists only for it. Both keys are made anew at every start and never leave the process.
 * Immutable.
 */
public final class ServerIdentity {
  private static final Duration VALID = Duration.ofDays(365);

  /** A client's clock may be somewhat behind. */
  private static final Duration LEEWAY = Duration.ofDays(1);

  private static final X500Name AUTHORITY = new X500Name("CN=Sluice stack authority");
  private static final X500Name SERVER = new X500Name("CN=localhost");

  /** In memory only; the key store demands one. */
  private static final char[] PASSWORD = "memory".toCharArray();

  private final SSLContext context;
  private final String authorityPem;

  private ServerIdentity(SSLContext context, String authorityPem) {
    this.context = context;
    this.authorityPem = authorityPem;
  }

  /** Makes new keys and certificates, valid around {@code now}. */
  public static ServerIdentity generate(Instant now) {
    try {
      KeyPair authorityKey = newKey();
      KeyPair serverKey = newKey();
      X509v3CertificateBuilder authority =
          certificate(AUTHORITY, authorityKey, now)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      X509v3CertificateBuilder server =
          certificate(SERVER, serverKey, now)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(Extension.subjectAlternativeName, false, names());
      X509Certificate authorityCertificate = signed(authority, authorityKey);
      return new ServerIdentity(
          context(serverKey, signed(server, authorityKey), authorityCertificate),
          pem(authorityCertificate));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this Java cannot make a certificate", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server's end of a TLS connection needs. */
  public SSLContext context() {
    return context;
  }

  /** The authority's certificate, which a client must trust, as PEM. */
  public String authorityPem() {
    return authorityPem;
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder certificate(X500Name subject, KeyPair key, Instant now) {
    return new JcaX509v3CertificateBuilder(
        AUTHORITY,
        new BigInteger(127, new SecureRandom()),
        Date.from(now.minus(LEEWAY)),
        Date.from(now.plus(VALID)),
        subject,
        key.getPublic());
  }

  private static GeneralNames names() {
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.iPAddress, "::1")
        });
  }

  private static X509Certificate signed(X509v3CertificateBuilder certificate, KeyPair issuer)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            certificate.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
  }

  private static SSLContext context(
      KeyPair key, X509Certificate certificate, X509Certificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", key.getPrivate(), PASSWORD, new X509Certificate[] {certificate, authority});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static String pem(X509Certificate certificate) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificate);
    }
    return text.toString();
  }
}
