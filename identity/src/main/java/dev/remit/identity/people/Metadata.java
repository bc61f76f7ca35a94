package dev.remit.identity.people;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.net.URI;

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0, section 3).
 *
 * @param sendsIss whether it names itself when it sends a browser back (RFC 9207, section 3)
 * @param takesBasic whether our secret goes into the {@code Authorization} field
 */
record Metadata(URI authorization, URI token, URI jwks, boolean sendsIss, boolean takesBasic) {

  /** Reads it; metadata of another issuer is refused (section 4.3). */
  static Metadata of(Value.Obj document, String issuer) {
    if (!document.text("issuer").filter(issuer::equals).isPresent()) {
      throw new InvalidValueException("the issuer's metadata is of another issuer");
    }
    var methods = document.items("code_challenge_methods_supported");
    if (!methods.isEmpty() && !methods.contains(Value.of("S256"))) {
      throw new InvalidValueException("the issuer does not take S256 (RFC 7636)");
    }
    var logins = document.items("token_endpoint_auth_methods_supported");
    return new Metadata(
        address(document, "authorization_endpoint"),
        address(document, "token_endpoint"),
        address(document, "jwks_uri"),
        document
            .get("authorization_response_iss_parameter_supported")
            .filter(Value.of(true)::equals)
            .isPresent(),
        logins.isEmpty() || logins.contains(Value.of("client_secret_basic")));
  }

  private static URI address(Value.Obj document, String name) {
    return SafeAddress.of(
        document
            .text(name)
            .orElseThrow(
                () -> new InvalidValueException("the issuer's metadata has no `" + name + "`")),
        "`" + name + "` of the issuer");
  }
}
