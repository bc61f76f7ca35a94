package dev.remit.connectors.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.OpenSshCertificate.CertificateOption;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The certificate authority of an installation: signs OpenSSH user certificates (OpenSSH,
 * PROTOCOL.certkeys).
 *
 * <p>Promises: every certificate names one key id, one serial, one principal, one command and where
 * it may be used from, and has no extension: no terminal, no forwarding of ports, X11 or agents, no
 * {@code ~/.ssh/rc}. The authority's key is read for each signature and kept nowhere.
 */
final class Authority {
  private final Supplier<String> caKey;
  private final List<String> sourceAddresses;
  private final Duration skew;
  private final SecureRandom random;
  private final InstantSource clock;

  /** {@code skew} is how far a host's clock may be behind. */
  Authority(
      Supplier<String> caKey,
      List<String> sourceAddresses,
      Duration skew,
      SecureRandom random,
      InstantSource clock) {
    HostKeys.prepare();
    this.caKey = caKey;
    this.sourceAddresses = List.copyOf(sourceAddresses);
    this.skew = skew;
    this.random = random;
    this.clock = clock;
  }

  /** Its public key as SSH sends it. */
  byte[] publicKey() {
    return HostKeys.wire(HostKeys.parsePrivate(caKey.get()).getPublic());
  }

  /** A key pair that lives in memory only. */
  KeyPair ephemeral() {
    try {
      var generator = SecurityUtils.getKeyPairGenerator("Ed25519");
      generator.initialize(256, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the library for Ed25519 is there", e);
    }
  }

  /** What a certificate says. */
  record Claims(String keyId, long serial, String principal, String command, Instant end) {}

  /** The certificate in place of the public key, with the private key beside it. */
  KeyPair certify(KeyPair keys, Claims claims) {
    var signer = HostKeys.parsePrivate(caKey.get());
    try {
      OpenSshCertificate certificate =
          OpenSshCertificateBuilder.userCertificate()
              .publicKey(keys.getPublic())
              .id(claims.keyId())
              .serial(claims.serial())
              .principals(List.of(claims.principal()))
              .validAfter(clock.instant().minus(skew))
              .validBefore(claims.end())
              .criticalOptions(
                  List.of(
                      new CertificateOption(OpenSshCertificate.FORCE_COMMAND, claims.command()),
                      new CertificateOption(
                          OpenSshCertificate.SOURCE_ADDRESS, String.join(",", sourceAddresses))))
              .extensions(List.of())
              .sign(signer);
      return new KeyPair(certificate, keys.getPrivate());
    } catch (Exception e) {
      throw new IllegalStateException("a certificate could not be signed", e);
    }
  }
}
