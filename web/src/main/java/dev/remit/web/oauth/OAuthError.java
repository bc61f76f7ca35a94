package dev.remit.web.oauth;

import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.ErrorShape;
import dev.remit.web.http.Refusal;

/** How the token endpoints refuse: {@code error} and words (RFC 6749, section 5.2). */
final class OAuthError {

  /** Refusals by code; a code of ours that RFC 6749 does not know is an invalid request. */
  static final ErrorShape SHAPE = OAuthError::of;

  private OAuthError() {}

  private static Answer of(Refusal refusal) {
    String error = refusal.code().indexOf('_') > 0 ? refusal.code() : word(refusal.status());
    var answer =
        Answer.json(
            refusal.status(), Value.object("error", error, "error_description", refusal.words()));
    for (var header : refusal.headers().entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }

  private static String word(int status) {
    return switch (status) {
      case 401 -> "invalid_client";
      case 503 -> "temporarily_unavailable";
      case 500 -> "server_error";
      default -> "invalid_request";
    };
  }
}
