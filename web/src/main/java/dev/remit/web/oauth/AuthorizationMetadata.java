package dev.remit.web.oauth;

import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import java.util.List;

/** What a client must know of this authorization server (RFC 8414, section 2). */
final class AuthorizationMetadata {

  private static final List<String> ALGORITHMS = List.of("ES256", "EdDSA", "PS256", "RS256");

  private AuthorizationMetadata() {}

  static Answer answer(String base) {
    return Answer.json(
        200,
        Value.object(
            "issuer",
            base,
            "token_endpoint",
            base + "/oauth2/token",
            "introspection_endpoint",
            base + "/oauth2/introspect",
            "revocation_endpoint",
            base + "/oauth2/revoke",
            "jwks_uri",
            base + "/oauth2/jwks",
            "grant_types_supported",
            List.of(ExchangeForm.EXCHANGE),
            "response_types_supported",
            List.of(),
            "token_endpoint_auth_methods_supported",
            List.of("none", "private_key_jwt"),
            "token_endpoint_auth_signing_alg_values_supported",
            ALGORITHMS,
            "dpop_signing_alg_values_supported",
            ALGORITHMS,
            "tls_client_certificate_bound_access_tokens",
            true,
            "authorization_details_types_supported",
            List.of("msp_task")));
  }
}
