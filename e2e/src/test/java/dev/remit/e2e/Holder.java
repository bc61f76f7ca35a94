package dev.remit.e2e;

import dev.remit.identity.binding.DpopKey;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Who holds a workload's key: shows tokens with a proof for each request (RFC 9449), made anew
 * where a server asks for its nonce.
 */
final class Holder {

  /** So often a client behind a proxy may meet a replica that did not give its nonce. */
  static final int ATTEMPTS = 4;

  private final DpopKey key = DpopKey.generate(new SecureRandom());
  private final Map<String, String> nonces = new ConcurrentHashMap<>();

  /** The key's thumbprint (RFC 7638). */
  String thumbprint() {
    return key.thumbprint();
  }

  /** A proof for one request; the token is empty at a token endpoint. */
  String proof(String method, String url, Optional<String> token) {
    var nonce = Optional.ofNullable(nonces.get(origin(url)));
    return key.proof(method, url, token, nonce, Instant.now());
  }

  /** Shows the token and its key in a request. */
  void show(HttpRequest.Builder request, String method, String url, String token) {
    request
        .setHeader("Authorization", "DPoP " + token)
        .setHeader("DPoP", proof(method, url, Optional.of(token)));
  }

  /** Keeps the nonce of an answer; whether the request is worth sending again with it. */
  boolean heard(String url, int status, Optional<String> nonce) {
    nonce.ifPresent(given -> nonces.put(origin(url), given));
    return status == 401 && nonce.isPresent();
  }

  /** Posts with a token. */
  Http.Answer post(String url, String token, Supplier<HttpRequest.Builder> request) {
    for (int attempt = 1; ; attempt++) {
      var shown = request.get();
      show(shown, "POST", url, token);
      var answer = Http.send(shown);
      var nonce = Optional.ofNullable(answer.headers().get("dpop-nonce"));
      if (!heard(url, answer.status(), nonce) || attempt == ATTEMPTS) {
        return answer;
      }
    }
  }

  /** Exchanges a token for one of this task (RFC 8693). */
  Http.Answer exchange(String machines, String token, String task) {
    var url = machines + "/oauth2/token";
    var form =
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
            + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"
            + "&subject_token="
            + token
            + "&authorization_details="
            + URLEncoder.encode(
                "[{\"type\":\"msp_task\",\"task\":\"" + task + "\"}]", StandardCharsets.UTF_8);
    for (int attempt = 1; ; attempt++) {
      var answer =
          Http.send(
              Http.request(url, "")
                  .setHeader("Content-Type", "application/x-www-form-urlencoded")
                  .header("DPoP", proof("POST", url, Optional.empty()))
                  .POST(HttpRequest.BodyPublishers.ofString(form)));
      var nonce = Optional.ofNullable(answer.headers().get("dpop-nonce"));
      heard(url, answer.status(), nonce);
      if (answer.status() == 200 || nonce.isEmpty() || attempt == ATTEMPTS) {
        return answer;
      }
    }
  }

  private static String origin(String url) {
    return URI.create(url).getAuthority();
  }
}
