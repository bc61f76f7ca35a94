package dev.remit.identity.spiffe;

import dev.remit.core.identity.SpiffeId;
import dev.remit.core.value.InvalidValueException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an X.509-SVID must be like, whoever signed it (X.509-SVID, sections 2 to 5). Each rule that
 * is broken is wrong input.
 */
final class X509Rules {

  private static final int URI = 6;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int CERT_SIGN = 5;
  private static final int CRL_SIGN = 6;
  private static final int FEWEST_RSA_BITS = 2048;
  private static final int FEWEST_EC_BITS = 256;
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String KEY_USAGE = "2.5.29.15";

  private X509Rules() {}

  /** The one SPIFFE ID of a leaf that keeps every rule of a leaf. */
  static SpiffeId leaf(X509Certificate leaf, boolean isClient) {
    var names = uris(leaf);
    if (names.size() != 1) {
      throw new InvalidValueException("the certificate has not exactly one uri");
    }
    var id = SpiffeId.parse(names.getFirst());
    if (leaf.getBasicConstraints() >= 0) {
      throw new InvalidValueException("the certificate is an authority, and no leaf");
    }
    var usage = leaf.getKeyUsage();
    if (usage == null
        || !leaf.getCriticalExtensionOIDs().contains(KEY_USAGE)
        || !usage[DIGITAL_SIGNATURE]
        || usage[CERT_SIGN]
        || usage[CRL_SIGN]) {
      throw new InvalidValueException("the certificate's key usage is not that of a leaf");
    }
    requirePurpose(leaf, isClient ? CLIENT : SERVER);
    requireStrong(leaf.getPublicKey());
    return id;
  }

  /** Checks a certificate between leaf and root: an authority of the leaf's trust domain. */
  static void between(X509Certificate certificate, SpiffeId leaf) {
    var usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || usage == null || !usage[CERT_SIGN]) {
      throw new InvalidValueException("the chain has a certificate that may not sign others");
    }
    var own = "spiffe://" + leaf.trustDomain();
    for (var name : uris(certificate)) {
      if (!name.equals(own) && !name.startsWith(own + "/")) {
        throw new InvalidValueException("the chain leads through another trust domain");
      }
    }
    requireStrong(certificate.getPublicKey());
  }

  /** Checks that it is in time, and lives no longer than this. */
  static void requireLife(X509Certificate leaf, Duration longest) {
    Instant from = leaf.getNotBefore().toInstant();
    if (leaf.getNotAfter().toInstant().isAfter(from.plus(longest))) {
      throw new InvalidValueException("the certificate lives longer than its trust domain's may");
    }
  }

  private static void requirePurpose(X509Certificate leaf, String purpose) {
    try {
      var purposes = leaf.getExtendedKeyUsage();
      if (purposes != null && !purposes.contains(purpose) && !purposes.contains(ANY_PURPOSE)) {
        throw new InvalidValueException("the certificate is for another purpose");
      }
    } catch (CertificateParsingException e) {
      throw new InvalidValueException("the certificate's purposes cannot be read");
    }
  }

  private static void requireStrong(PublicKey key) {
    boolean isStrong =
        switch (key) {
          case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= FEWEST_RSA_BITS;
          case ECPublicKey ec ->
              ec.getParams().getCurve().getField().getFieldSize() >= FEWEST_EC_BITS;
          case EdECPublicKey _ -> true;
          default -> false;
        };
    if (!isStrong) {
      throw new InvalidValueException("a key of the chain is too weak or of an unknown kind");
    }
  }

  private static List<String> uris(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> Integer.valueOf(URI).equals(name.getFirst()))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      throw new InvalidValueException("the certificate's names cannot be read");
    }
  }
}
