package dev.remit.web.machines;

import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.web.http.ClientChain;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Refusal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request shows of its caller (RFC 6750, section 2.1; RFC 9449, section 7.1), and the
 * challenges that ask for it.
 *
 * <p>A token is taken from the {@code Authorization} field only, never from the URL or the body; a
 * field that came twice is refused.
 */
final class Credentials {

  private static final Pattern FORM =
      Pattern.compile("(?i:(bearer|dpop)) +([A-Za-z0-9._~+/-]{1,12000}=*)");
  private static final Pattern PROOF =
      Pattern.compile("[A-Za-z0-9_-]{1,4000}\\.[A-Za-z0-9_-]{1,4000}\\.[A-Za-z0-9_-]{1,2000}");
  private static final HeaderName DPOP = HeaderNames.create("DPoP");

  private final ResourceMetadata metadata;

  private final ClientChain chains;

  Credentials(ResourceMetadata metadata, ClientChain chains) {
    this.metadata = metadata;
    this.chains = chains;
  }

  /** All of it; a missing one is challenged without an error code, as RFC 6750 asks for. */
  Presented of(Exchange exchange) {
    var certificates = chains.of(exchange);
    var credential = credential(exchange);
    if (credential.isEmpty() && certificates.isEmpty()) {
      throw new Refusal(
          401,
          "token-missing",
          "send a bearer token in `Authorization`",
          challenge(metadata.challenges(exchange)));
    }
    return new Presented(
        credential,
        proof(exchange, credential),
        exchange.method(),
        metadata.address(exchange),
        certificates);
  }

  /** What came to the token endpoint: a proof, a certificate, or neither, and no token. */
  Presented withoutToken(Exchange exchange) {
    if (exchange.header(HeaderNames.AUTHORIZATION).isPresent()) {
      throw new Refusal(
          400, "invalid_request", "send the subject in the body, and no `Authorization`");
    }
    var proof = exchange.header(DPOP);
    if (proof.filter(one -> !PROOF.matcher(one).matches()).isPresent()) {
      throw new Refusal(400, "invalid_dpop_proof", "header `DPoP` must be one JWT");
    }
    return new Presented(
        Optional.empty(),
        proof,
        exchange.method(),
        metadata.address(exchange),
        chains.of(exchange));
  }

  private Optional<Credential> credential(Exchange exchange) {
    return exchange
        .header(HeaderNames.AUTHORIZATION)
        .map(field -> {
          var match = FORM.matcher(field);
          if (!match.matches()) {
            throw malformed(
                exchange, "`Authorization` must be the word Bearer or DPoP, and a token");
          }
          boolean isBearer = match.group(1).toLowerCase(Locale.ROOT).equals("bearer");
          return new Credential(isBearer ? Scheme.BEARER : Scheme.DPOP, match.group(2));
        });
  }

  private Optional<String> proof(Exchange exchange, Optional<Credential> credential) {
    var proof = exchange.header(DPOP);
    if (proof.isPresent() && !PROOF.matcher(proof.get()).matches()) {
      throw malformed(exchange, "header `DPoP` must be one JWT");
    }
    boolean isDpop = credential.filter(shown -> shown.scheme() == Scheme.DPOP).isPresent();
    if (proof.isPresent() && !isDpop) {
      throw malformed(exchange, "send a token with a proof as `Authorization: DPoP`");
    }
    return proof;
  }

  private Refusal malformed(Exchange exchange, String words) {
    return new Refusal(
        400,
        "token-malformed",
        words,
        challenge(metadata.challenge(exchange, Scheme.BEARER) + ", error=\"invalid_request\""));
  }

  /** A token that proves nothing here; it says no more than that. */
  Refusal invalid(Exchange exchange, Presented presented) {
    return new Refusal(
        401,
        "token-invalid",
        "the token was not accepted",
        challenge(metadata.challenge(exchange, scheme(presented)) + ", error=\"invalid_token\""));
  }

  /** A proof that must name this nonce (RFC 9449, section 9). */
  Refusal needsNonce(Exchange exchange, String nonce) {
    return new Refusal(
        401,
        "use-dpop-nonce",
        "make the DPoP proof anew with the nonce of `DPoP-Nonce`",
        Map.of(
            "WWW-Authenticate",
            metadata.challenge(exchange, Scheme.DPOP) + ", error=\"use_dpop_nonce\"",
            "DPoP-Nonce",
            nonce));
  }

  private static Scheme scheme(Presented presented) {
    return presented.credential().map(Credential::scheme).orElse(Scheme.BEARER);
  }

  private static Map<String, String> challenge(String text) {
    return Map.of("WWW-Authenticate", text);
  }
}
