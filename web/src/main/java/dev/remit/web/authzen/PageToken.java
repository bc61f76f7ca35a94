package dev.remit.web.authzen;

import dev.remit.core.call.Sha256;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where a search goes on: how many candidates were looked at, the page's limit, and a digest of
 * what was searched for. It carries no right: whoever makes one up sees what a search from there
 * would show anyway.
 */
record PageToken(int from, int limit, String digest) {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})\\.([a-z0-9:]{1,80})");

  /** The place at the beginning of this search. */
  static PageToken first(int limit, String digest) {
    return new PageToken(0, limit, digest);
  }

  /** Reads a token that was given out for exactly this search. */
  static PageToken read(String text, String digest) {
    try {
      var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      var match = FORM.matcher(decoded);
      if (match.matches() && match.group(3).equals(digest)) {
        return new PageToken(
            Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), digest);
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new InvalidValueException(
        "`page.token` is not of this search: send everything but it as in the request before");
  }

  /** The token of the next page. */
  String at(int next) {
    var text = next + "." + limit + "." + digest;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Names a search: who asks about which tenant, and everything that was sent but the page. */
  static String digest(String asker, String tenant, String kind, Value.Obj sent) {
    return Sha256.of(
        Value.object(
            "asker",
            asker,
            "tenant",
            tenant,
            "kind",
            kind,
            "sent",
            Value.object(
                "subject", sent.get("subject").orElse(Value.Null.NULL),
                "action", sent.get("action").orElse(Value.Null.NULL),
                "resource", sent.get("resource").orElse(Value.Null.NULL),
                "context", sent.get("context").orElse(Value.Null.NULL))));
  }
}
