package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections outward: never after a redirect, never in the clear beyond this machine, with a
 * client certificate where one is given (RFC 8705). Its files are read again when they change, so
 * that whatever rotates them need not start this process again.
 */
final class Wire {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** Files that make a connection; {@code authorities} are trusted instead of the JDK's. */
  record Pem(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {
    private List<Path> all() {
      return java.util.stream.Stream.of(certificate, key, authorities)
          .flatMap(Optional::stream)
          .toList();
    }
  }

  /** A certificate with its key, its issuers after it. */
  record Own(List<X509Certificate> chain, PrivateKey key) {

    @Override
    public String toString() {
      return "Own[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
  }

  private final Pem files;
  private final Optional<Supplier<Own>> handed;
  private List<Object> seen = List.of(); // guarded by this
  private @Nullable HttpClient http; // guarded by this

  Wire(Pem files) {
    this(files, Optional.empty());
  }

  /** With a certificate that is handed out anew; it is asked for at every connection's use. */
  Wire(Pem files, Optional<Supplier<Own>> handed) {
    this.files = files;
    this.handed = handed;
  }

  /** An address that tokens may go to: `https`, or this machine itself. */
  static URI safe(String text) {
    try {
      var uri = URI.create(text);
      var scheme = Optional.ofNullable(uri.getScheme()).orElse("");
      var host = Optional.ofNullable(uri.getHost()).orElse("");
      boolean isSafe = scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host));
      if (isSafe && !host.isEmpty() && uri.getUserInfo() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw CommandException.usage(
        "`" + text + "` is no address for tokens: it begins with https://, or is on this machine");
  }

  /** Connections with the files as they are now. */
  synchronized HttpClient http() {
    try {
      var now = new java.util.ArrayList<Object>();
      for (var file : files.all()) {
        now.add(Files.getLastModifiedTime(file));
      }
      handed.map(Supplier::get).map(Own::chain).ifPresent(now::add);
      var known = http;
      if (known == null || !now.equals(seen)) {
        known = build();
        http = known;
        seen = List.copyOf(now);
      }
      return known;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw CommandException.usage(
          "certificate, key or authorities cannot be read: they are PEM files, the key PKCS #8");
    }
  }

  private HttpClient build() throws IOException, GeneralSecurityException {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER);
    return files.all().isEmpty() && handed.isEmpty()
        ? builder.build()
        : builder.sslContext(tls()).build();
  }

  private SSLContext tls() throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(files.authorities().isPresent() ? store(files.authorities().get()) : null);
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    if (handed.isPresent()) {
      own.init(pair(handed.get().get()), new char[0]);
    } else if (files.certificate().isPresent() && files.key().isPresent()) {
      own.init(pair(ofFiles(files.certificate().get(), files.key().get())), new char[0]);
    } else {
      own.init(null, null);
    }
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(Path authorities) throws IOException, GeneralSecurityException {
    var store = empty();
    int number = 0;
    for (var certificate : certificates(authorities)) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    return store;
  }

  private static Own ofFiles(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    ProofKey.requirePrivate(key);
    var chain = certificates(certificate);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
    return new Own(chain, privateKey(key, chain.getFirst().getPublicKey().getAlgorithm()));
  }

  private static KeyStore pair(Own own) throws IOException, GeneralSecurityException {
    var store = empty();
    store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  /** A key in PEM (RFC 7468, section 10). */
  static PrivateKey privateKey(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    var text = Files.readString(file, StandardCharsets.US_ASCII);
    var base64 =
        text.replaceAll("(?s)^.*-----BEGIN PRIVATE KEY-----", "")
            .replaceAll("(?s)-----END PRIVATE KEY-----.*$", "");
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }
}
