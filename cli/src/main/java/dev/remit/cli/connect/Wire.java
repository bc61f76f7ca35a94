package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

  private final Pem files;
  private List<FileTime> seen = List.of(); // guarded by this
  private @Nullable HttpClient http; // guarded by this

  Wire(Pem files) {
    this.files = files;
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
      var now = new java.util.ArrayList<FileTime>();
      for (var file : files.all()) {
        now.add(Files.getLastModifiedTime(file));
      }
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
    return files.all().isEmpty() ? builder.build() : builder.sslContext(tls()).build();
  }

  private SSLContext tls() throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(files.authorities().isPresent() ? store(files.authorities().get()) : null);
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    if (files.certificate().isPresent() && files.key().isPresent()) {
      own.init(pair(files.certificate().get(), files.key().get()), new char[0]);
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

  private static KeyStore pair(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    ProofKey.requirePrivate(key);
    var chain = certificates(certificate).toArray(Certificate[]::new);
    if (chain.length == 0) {
      throw new IllegalArgumentException("no certificate");
    }
    var store = empty();
    store.setKeyEntry(
        "own", privateKey(key, chain[0].getPublicKey().getAlgorithm()), new char[0], chain);
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
