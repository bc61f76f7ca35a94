package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import java.net.URI;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Tokens of an issuer for this workload (RFC 6749, section 4.4), for one resource (RFC 8707). The
 * client proves itself with a secret or a signed assertion ({@code private_key_jwt}, RFC 7523).
 */
final class ClientCredentials implements Token.Source {

  /** How the client proves itself to the issuer. */
  sealed interface Proof {}

  /** A shared secret, had anew at each use. */
  record Secret(Supplier<String> value) implements Proof {
    @Override
    public String toString() {
      return "Secret[]";
    }
  }

  /** A key whose public half the issuer knows. */
  record Key(PrivateKey key, Optional<String> id) implements Proof {
    @Override
    public String toString() {
      return "Key[]";
    }
  }

  private final Client client;
  private final URI issuer;
  private final String clientId;
  private final Proof proof;
  private final String resource;
  private final Optional<String> scope;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private Optional<URI> endpoint = Optional.empty(); // guarded by this
  private Optional<Token> kept = Optional.empty(); // guarded by this

  ClientCredentials(
      Client client,
      URI issuer,
      String clientId,
      Proof proof,
      String resource,
      Optional<String> scope,
      InstantSource clock,
      Supplier<String> ids) {
    this.client = client;
    this.issuer = issuer;
    this.clientId = clientId;
    this.proof = proof;
    this.resource = resource;
    this.scope = scope;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public synchronized Optional<Token> token(boolean isFresh) {
    kept = kept.filter(token -> !isFresh && token.isGoodAt(clock.instant()));
    if (kept.isEmpty()) {
      kept = Optional.of(ask());
    }
    return kept;
  }

  private synchronized Token ask() {
    var form = new TreeMap<String, String>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", clientId);
    form.put("resource", resource);
    scope.ifPresent(words -> form.put("scope", words));
    switch (proof) {
      case Secret secret -> form.put("client_secret", secret.value().get());
      case Key key -> {
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion(key));
      }
    }
    return client.token(endpoint(), form);
  }

  /** The issuer says where it gives tokens; one that speaks for another issuer is not asked. */
  private synchronized URI endpoint() {
    if (endpoint.isEmpty()) {
      var base = issuer.toString().replaceAll("/$", "");
      var told = client.document(Wire.safe(base + "/.well-known/openid-configuration"));
      var says = told.text("issuer").orElse("").replaceAll("/$", "");
      if (!says.equals(base)) {
        throw CommandException.refused("`" + base + "` speaks for another issuer");
      }
      endpoint = Optional.of(Wire.safe(told.text("token_endpoint").orElse("")));
    }
    return endpoint.get();
  }

  private String assertion(Key key) {
    var now = clock.instant().getEpochSecond();
    var claims =
        Value.object(
            "iss",
            clientId,
            "sub",
            clientId,
            "aud",
            issuer.toString(),
            "jti",
            ids.get(),
            "iat",
            now,
            "exp",
            now + 60);
    var header = Value.object("typ", "JWT", "alg", algorithm(key.key()));
    header = key.id().isEmpty() ? header : header.with("kid", Value.of(key.id().get()));
    return ProofKey.sign(key.key(), signature(key.key()), header, claims);
  }

  private static String algorithm(PrivateKey key) {
    return switch (key) {
      case ECPrivateKey ec when ec.getParams().getOrder().bitLength() == 256 -> "ES256";
      case RSAPrivateKey rsa when rsa.getModulus().bitLength() >= 2048 -> "RS256";
      default ->
          throw CommandException.usage(
              "the client's key is on P-256, or RSA with 2048 bits or more");
    };
  }

  private static String signature(PrivateKey key) {
    return key instanceof ECPrivateKey ? "SHA256withECDSAinP1363Format" : "SHA256withRSA";
  }
}
