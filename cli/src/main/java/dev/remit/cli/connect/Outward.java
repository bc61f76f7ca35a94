package dev.remit.cli.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sends messages to the gateway with the workload's token and a proof for each.
 *
 * <p>A message is sent again only where the gateway said that it did nothing with it: it wanted
 * another nonce, or a fresh token. What broke on the way is never sent twice.
 */
final class Outward {

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int ATTEMPTS = 4;

  private final URI gateway;
  private final Wire wire;
  private final Token.Source tokens;
  private final Proofs proofs;

  Outward(URI gateway, Wire wire, Token.Source tokens, Proofs proofs) {
    this.gateway = gateway;
    this.wire = wire;
    this.tokens = tokens;
    this.proofs = proofs;
  }

  /** Posts a message; the caller reads and closes the answer's body. */
  HttpResponse<InputStream> post(byte[] message, Map<String, String> headers, Running running)
      throws IOException {
    boolean isFresh = false;
    for (int attempt = 1; ; attempt++) {
      var token = tokens.token(isFresh);
      var request = request(message, headers, token);
      var answer =
          running.await(wire.http().sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()));
      boolean isNonceNew =
          proofs.heard(gateway, answer.headers().firstValue("DPoP-Nonce"))
              && token.filter(Token::isBound).isPresent();
      boolean isWorthIt = isNonceNew || !isFresh;
      if (answer.statusCode() != 401 || attempt == ATTEMPTS || !isWorthIt) {
        return answer;
      }
      answer.body().close();
      isFresh = isFresh || !isNonceNew;
    }
  }

  private HttpRequest request(byte[] message, Map<String, String> headers, Optional<Token> token) {
    var builder =
        HttpRequest.newBuilder(gateway)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message));
    headers.forEach(builder::header);
    if (!headers.containsKey("Accept")) {
      builder.header("Accept", "application/json, text/event-stream");
    }
    token.ifPresent(shown -> {
      builder.header("Authorization", shown.authorization());
      if (shown.isBound()) {
        builder.header("DPoP", proofs.proof("POST", gateway, Optional.of(shown.value())));
      }
    });
    return builder.build();
  }
}
