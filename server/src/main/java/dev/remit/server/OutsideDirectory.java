package dev.remit.server;

import dev.remit.connectors.ldap.Handover;
import dev.remit.connectors.ldap.HttpHandover;
import dev.remit.connectors.ldap.LdapEndpoint;
import dev.remit.connectors.ldap.LdapEndpoint.Security;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A directory as configuration lists it: {@code host}, {@code port}, {@code security} ({@code
 * ldaps} or {@code starttls}; there is no other), {@code ca} (PEM) or {@code caFile}, {@code pin},
 * {@code brokerDn}, {@code secret}, and {@code handover} with {@code url} and {@code secret}.
 *
 * @param secret the name of the broker's sealed password, unless {@code inline} holds it (lab only)
 */
record OutsideDirectory(
    String host,
    int port,
    Security security,
    List<X509Certificate> trusted,
    Optional<String> pin,
    String brokerDn,
    String secret,
    Optional<String> inline,
    Optional<Letters> handover) {

  OutsideDirectory {
    trusted = List.copyOf(trusted);
  }

  /** Where passwords of people go. */
  record Letters(URI url, String secret, Optional<String> inline) {
    @Override
    public String toString() {
      return "Letters[" + url.getHost() + "]";
    }
  }

  static OutsideDirectory configured(Value.Obj endpoint) {
    return new OutsideDirectory(
        need(endpoint, "host"),
        port(endpoint),
        security(need(endpoint, "security")),
        certificates(pem(endpoint)),
        endpoint.text("pin").map(OutsideDirectory::pin),
        need(endpoint, "brokerDn"),
        need(endpoint, "secret"),
        Optional.empty(),
        endpoint
            .object("handover")
            .map(place ->
                new Letters(
                    URI.create(need(place, "url")), need(place, "secret"), Optional.empty())));
  }

  static OutsideDirectory ofLab(Value.Obj lab) {
    return new OutsideDirectory(
        need(lab, "host"),
        port(lab),
        security(need(lab, "security")),
        certificates(need(lab, "ca")),
        Optional.empty(),
        need(lab, "brokerDn"),
        "lab-directory",
        lab.text("brokerPassword"),
        Optional.of(
            new Letters(
                URI.create(need(lab, "handoverUrl")), "lab-letters", lab.text("handoverToken"))));
  }

  /** The endpoint with its secrets, each read when it is used. */
  LdapEndpoint endpoint(BiFunction<String, Optional<String>, Supplier<String>> secrets) {
    return new LdapEndpoint(
        host,
        port,
        security,
        trusted,
        pin,
        brokerDn,
        secrets.apply(secret, inline),
        handover.map(place ->
            (Handover)
                new HttpHandover(place.url(), secrets.apply(place.secret(), place.inline()))));
  }

  private static int port(Value.Obj endpoint) {
    long port = endpoint.integer("port").orElse(0L);
    if (port < 1 || port > 65_535) {
      throw new InvalidValueException("`port` of a directory must be a number from 1 to 65535");
    }
    return (int) port;
  }

  private static Security security(String text) {
    return switch (text) {
      case "ldaps" -> Security.LDAPS;
      case "starttls" -> Security.STARTTLS;
      default ->
          throw new InvalidValueException("`security` of a directory is `ldaps` or `starttls`");
    };
  }

  private static String pin(String text) {
    if (!text.matches("sha256:[0-9a-f]{64}")) {
      throw new InvalidValueException("`pin` is sha256: and 64 hexadecimal digits");
    }
    return text;
  }

  private static String pem(Value.Obj endpoint) {
    return endpoint.text("ca").orElseGet(() -> read(Path.of(need(endpoint, "caFile"))));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InvalidValueException("cannot read the certificates in `" + file + "`");
    }
  }

  private static List<X509Certificate> certificates(String pem) {
    try {
      var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
      var found = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
      if (found.isEmpty()) {
        throw new InvalidValueException("`ca` of a directory holds no certificate");
      }
      return found.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      throw new InvalidValueException("`ca` of a directory is no certificate in PEM form");
    }
  }

  private static String need(Value.Obj object, String name) {
    return object
        .text(name)
        .orElseThrow(() ->
            new InvalidValueException("`" + name + "` is missing in configuration of a directory"));
  }

  @Override
  public String toString() {
    return "OutsideDirectory[" + host + ":" + port + "]";
  }
}
