package dev.remit.lab.oidc;

import dev.remit.lab.http.Call;
import dev.remit.lab.http.ClientLogin;
import dev.remit.lab.http.Endpoint;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Discovery (OIDC Discovery 1.0, RFC 8414), keys (RFC 7517) and the token endpoint (RFC 6749 §4.4,
 * RFC 8707). Whoever proves a key there gets a token that is bound to it (RFC 9449 §5).
 */
public final class IssuerApi {
  private final Issuer issuer;
  private final Map<String, String> clients;
  private final ProofOfKey proofs;

  /**
   * @param clients secret by subject
   */
  public IssuerApi(Issuer issuer, Map<String, String> clients) {
    this.issuer = issuer;
    this.clients = Map.copyOf(clients);
    this.proofs = issuer.proofs();
  }

  /** Puts the endpoints on a listener. */
  public void routing(HttpRouting.Builder routing) {
    routing.get("/.well-known/openid-configuration", handler(call -> discovery()));
    routing.get("/.well-known/oauth-authorization-server", handler(call -> discovery()));
    routing.get("/jwks", handler(call -> Reply.ok(issuer.publicKeys())));
    routing.post("/token", handler(this::token));
    routing.any((req, res) -> Refusal.notFound("no such endpoint").reply().send(res));
  }

  private static Handler handler(Endpoint endpoint) {
    return (req, res) -> {
      Reply reply;
      try {
        reply = endpoint.answer(Call.read(req));
      } catch (Refusal e) {
        reply = e.reply();
      }
      reply.send(res);
    };
  }

  private Reply discovery() {
    String base = issuer.name();
    return Reply.ok(
        Json.object(
            "issuer", base,
            "token_endpoint", issuer.tokenEndpoint(),
            "jwks_uri", base + "/jwks",
            "grant_types_supported", List.of("client_credentials"),
            "response_types_supported", List.of(),
            "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("ES256"),
            "dpop_signing_alg_values_supported", List.of("ES256"),
            "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post")));
  }

  private Reply token(Call call) {
    Map<String, String> form = call.form();
    ClientLogin login = ClientLogin.of(call, form);
    login.check(Optional.ofNullable(clients.get(login.id())));
    if (!"client_credentials".equals(form.get("grant_type"))) {
      throw new Refusal(400, "unsupported_grant_type", "use client_credentials");
    }
    String audience = form.getOrDefault("resource", form.getOrDefault("audience", ""));
    if (audience.isEmpty()) {
      throw new Refusal(400, "invalid_target", "name the `resource` the token is for");
    }
    Optional<String> key =
        call.proof().map(proof -> proofs.thumbprint(proof, issuer.tokenEndpoint()));
    return Reply.ok(
        Json.object(
            "access_token", issuer.token(login.id(), audience, key),
            "token_type", key.isPresent() ? "DPoP" : "Bearer",
            "expires_in", Issuer.LIFE.toSeconds()));
  }
}
