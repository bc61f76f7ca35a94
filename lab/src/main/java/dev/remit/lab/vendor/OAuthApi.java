package dev.remit.lab.vendor;

import dev.remit.lab.http.Call;
import dev.remit.lab.http.ClientLogin;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tokens for a vendor's API: client credentials (RFC 6749 §4.4); revocation (RFC 7009) and
 * introspection (RFC 7662) as vendor extensions, because the vendor's description has neither.
 */
final class OAuthApi {
  private final Tokens tokens;
  private final OAuthClient client;
  private final Set<String> known;
  private final String prefix;

  OAuthApi(Tokens tokens, OAuthClient client, Set<String> known, String prefix) {
    this.tokens = tokens;
    this.client = client;
    this.known = new TreeSet<>(known);
    this.prefix = prefix;
  }

  List<Operation> operations() {
    return List.of(
        Operation.login(prefix + "token", "/ws/oauth/token", this::token),
        Operation.login(prefix + "revoke", "/ext/oauth/revoke", this::revoke),
        Operation.login(prefix + "introspect", "/ext/oauth/introspect", this::introspect));
  }

  private Map<String, String> authenticated(Call call) {
    Map<String, String> form = call.form();
    ClientLogin login = ClientLogin.of(call, form);
    login.check(login.id().equals(client.id()) ? Optional.of(client.secret()) : Optional.empty());
    return form;
  }

  private Reply token(Call call) {
    Map<String, String> form = authenticated(call);
    if (!"client_credentials".equals(form.get("grant_type"))) {
      throw new Refusal(400, "unsupported_grant_type", "use client_credentials");
    }
    Set<String> scopes =
        new LinkedHashSet<>(List.of(form.getOrDefault("scope", "").split(" ", -1)));
    if (!known.containsAll(scopes)) {
      throw new Refusal(400, "invalid_scope", "name one or more of " + String.join(", ", known));
    }
    String text = tokens.issue(client.id(), Set.copyOf(scopes));
    return Reply.ok(
        Json.object(
            "access_token",
            text,
            "token_type",
            "Bearer",
            "expires_in",
            tokens.life().toSeconds(),
            "scope",
            String.join(" ", scopes)));
  }

  private Reply revoke(Call call) {
    tokens.revoke(tokenOf(authenticated(call)));
    return Reply.empty(200);
  }

  private Reply introspect(Call call) {
    return Reply.ok(
        tokens
            .live(tokenOf(authenticated(call)))
            .map(token ->
                Json.object(
                    "active", true,
                    "client_id", token.clientId(),
                    "scope", token.scope(),
                    "token_type", "Bearer",
                    "iat", token.issuedAt().getEpochSecond(),
                    "exp", token.expiresAt().getEpochSecond()))
            .orElse(Json.object("active", false)));
  }

  private static String tokenOf(Map<String, String> form) {
    String token = form.get("token");
    if (token == null || token.isEmpty()) {
      throw Refusal.badRequest("`token` is missing");
    }
    return token;
  }
}
