package dev.remit.identity.spiffe.soft;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One trust domain with one root, which signs what it is asked to sign. */
public final class SoftTrustDomain {

  private final String name;
  private final KeyPair key;
  private final X509Certificate root;
  private final String rootName;
  private final AtomicLong serial = new AtomicLong(2);

  private SoftTrustDomain(String name, KeyPair key, X509Certificate root, String rootName) {
    this.name = name;
    this.key = key;
    this.root = root;
    this.rootName = rootName;
  }

  /** With a new root that lives this long from then on. */
  public static SoftTrustDomain of(String name, Instant from, Duration life) {
    return of(name, from, life, ecKey("secp256r1"));
  }

  /** With a root of this key. */
  public static SoftTrustDomain of(String name, Instant from, Duration life, KeyPair key) {
    var rootName = "root of " + name + " " + Long.toHexString(key.getPublic().hashCode());
    var root =
        SoftCertificate.authority(rootName, name, from, from.plus(life))
            .signed(key.getPublic(), rootName, key, BigInteger.ONE);
    return new SoftTrustDomain(name, key, root, rootName);
  }

  /** A key of this curve. */
  public static KeyPair ecKey(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key could not be made", e);
    }
  }

  /** The name of the domain. */
  public String name() {
    return name;
  }

  /** The root. */
  public X509Certificate root() {
    return root;
  }

  /** A workload's certificate and key; {@code chain} is leaf first and holds no root. */
  public record Svid(List<X509Certificate> chain, KeyPair key) {
    public Svid {
      chain = List.copyOf(chain);
    }

    /** The chain as PEM. */
    public String chainPem() {
      var all = new StringBuilder();
      chain.forEach(one -> all.append(SoftCertificate.pem("CERTIFICATE", encoded(one))));
      return all.toString();
    }

    /** The private key as PEM (PKCS #8). */
    public String keyPem() {
      return SoftCertificate.pem("PRIVATE KEY", key.getPrivate().getEncoded());
    }

    @Override
    public String toString() {
      return "Svid[" + chain.size() + " certificates]";
    }
  }

  /** An SVID of this path with a new key. */
  public Svid svid(String path, Instant from, Instant until) {
    return svid(SoftCertificate.leaf("spiffe://" + name + path, from, until), ecKey("secp256r1"));
  }

  /** An SVID like this for that key, signed by the root. */
  public Svid svid(SoftCertificate like, KeyPair of) {
    return new Svid(List.of(sign(like, of)), of);
  }

  /** Signs what it is given. */
  public X509Certificate sign(SoftCertificate like, KeyPair of) {
    return like.signed(of.getPublic(), rootName, key, BigInteger.valueOf(serial.getAndIncrement()));
  }

  /** An SVID like this for that key, signed by an authority between it and the root. */
  public Svid svidBelow(SoftCertificate between, SoftCertificate like, KeyPair of) {
    var middle = ecKey("secp256r1");
    var leaf =
        like.signed(
            of.getPublic(),
            between.subject(),
            middle,
            BigInteger.valueOf(serial.getAndIncrement()));
    return new Svid(List.of(leaf, sign(between, middle)), of);
  }

  /** The root as a key of a bundle. */
  public Value.Obj rootKey() {
    var jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) root.getPublicKey()).build();
    return Json.parseObject(jwk.toJSONString().getBytes(StandardCharsets.UTF_8))
        .with("use", Value.of("x509-svid"))
        .with("x5c", Value.texts(List.of(Base64.getEncoder().encodeToString(encoded(root)))));
  }

  /** The bundle of this root alone (SPIFFE Trust Domain and Bundle, section 4). */
  public Value.Obj bundle(long sequence) {
    return Value.object(
        "spiffe_sequence", sequence, "spiffe_refresh_hint", 60L, "keys", List.of(rootKey()));
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was made cannot be written", e);
    }
  }
}
