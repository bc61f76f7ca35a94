package dev.remit.identity.spiffe.soft;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that is yet to be signed: right for an X.509-SVID until something is changed.
 *
 * @param uris names of kind URI
 * @param usages bits of the key usage, none for no such extension
 * @param purposes object identifiers of the extended key usage, none for no such extension
 */
public record SoftCertificate(
    String subject,
    List<String> uris,
    boolean isAuthority,
    boolean isUsageCritical,
    List<Integer> usages,
    List<String> purposes,
    Instant from,
    Instant until) {

  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int CERT_SIGN = 5;
  private static final int CRL_SIGN = 6;

  public SoftCertificate {
    uris = List.copyOf(uris);
    usages = List.copyOf(usages);
    purposes = List.copyOf(purposes);
  }

  /** A leaf with this SPIFFE ID. */
  public static SoftCertificate leaf(String id, Instant from, Instant until) {
    return new SoftCertificate(
        "svid",
        List.of(id),
        false,
        true,
        List.of(DIGITAL_SIGNATURE),
        List.of(SERVER, CLIENT),
        from,
        until);
  }

  /** An authority of this trust domain. */
  public static SoftCertificate authority(
      String subject, String trustDomain, Instant from, Instant until) {
    return new SoftCertificate(
        subject,
        List.of("spiffe://" + trustDomain),
        true,
        true,
        List.of(CERT_SIGN, CRL_SIGN),
        List.of(),
        from,
        until);
  }

  /** The same with these names. */
  public SoftCertificate withUris(String... names) {
    return new SoftCertificate(
        subject, List.of(names), isAuthority, isUsageCritical, usages, purposes, from, until);
  }

  /** The same with these bits of key usage. */
  public SoftCertificate withUsages(Integer... bits) {
    return new SoftCertificate(
        subject, uris, isAuthority, isUsageCritical, List.of(bits), purposes, from, until);
  }

  /** The same with these purposes. */
  public SoftCertificate withPurposes(String... oids) {
    return new SoftCertificate(
        subject, uris, isAuthority, isUsageCritical, usages, List.of(oids), from, until);
  }

  /** The same, as an authority or not. */
  public SoftCertificate asAuthority(boolean is) {
    return new SoftCertificate(subject, uris, is, isUsageCritical, usages, purposes, from, until);
  }

  /** The same with a key usage that readers may skip. */
  public SoftCertificate withUncriticalUsage() {
    return new SoftCertificate(subject, uris, isAuthority, false, usages, purposes, from, until);
  }

  /** Signed by the key of this issuer. */
  X509Certificate signed(PublicKey key, String issuer, KeyPair signer, BigInteger serial) {
    var algorithm = algorithm(signer.getPrivate());
    byte[] body =
        Der.sequence(
            Der.of(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(serial),
            algorithm,
            name(issuer),
            Der.sequence(Der.time(from), Der.time(until)),
            name(subject),
            key.getEncoded(),
            Der.of(0xa3, extensions()));
    try {
      var signing = Signature.getInstance(words(signer.getPrivate()));
      signing.initSign(signer.getPrivate());
      signing.update(body);
      byte[] whole = Der.sequence(body, algorithm, Der.bits(signing.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }

  private byte[] extensions() {
    var all = new ArrayList<byte[]>();
    all.add(extension("2.5.29.19", true, isAuthority ? Der.sequence(Der.yes()) : Der.sequence()));
    if (!usages.isEmpty()) {
      byte[] bits = Der.namedBits(usages.stream().mapToInt(Integer::intValue).toArray());
      all.add(extension("2.5.29.15", isUsageCritical, bits));
    }
    if (!purposes.isEmpty()) {
      byte[] oids = Der.sequence(purposes.stream().map(Der::oid).toArray(byte[][]::new));
      all.add(extension("2.5.29.37", false, oids));
    }
    if (!uris.isEmpty()) {
      byte[] names =
          Der.sequence(
              uris.stream()
                  .map(uri -> Der.of(0x86, uri.getBytes(StandardCharsets.US_ASCII)))
                  .toArray(byte[][]::new));
      all.add(extension("2.5.29.17", false, names));
    }
    return Der.sequence(all.toArray(byte[][]::new));
  }

  private static byte[] extension(String oid, boolean isCritical, byte[] value) {
    return isCritical
        ? Der.sequence(Der.oid(oid), Der.yes(), Der.of(Der.OCTETS, value))
        : Der.sequence(Der.oid(oid), Der.of(Der.OCTETS, value));
  }

  private static byte[] name(String common) {
    return Der.sequence(Der.of(Der.SET, Der.sequence(Der.oid("2.5.4.3"), Der.text(common))));
  }

  private static byte[] algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
      case "RSA" -> Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.of(0x05));
      default -> throw new IllegalArgumentException("signs with EC and RSA keys only");
    };
  }

  private static String words(PrivateKey key) {
    return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
  }

  /** Certificates as PEM. */
  static String pem(String kind, byte[] der) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
