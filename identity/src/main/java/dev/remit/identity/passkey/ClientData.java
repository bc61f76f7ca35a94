package dev.remit.identity.passkey;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.Base64;
import java.util.Optional;

/**
 * What the browser bound a ceremony to (Web Authentication Level 2, section 5.8.1), read strictly:
 * the library looks at it again, this is where duplicate members and other sites' frames end.
 */
final class ClientData {

  static final String CREATE = "webauthn.create";
  static final String GET = "webauthn.get";

  private static final int MOST_BYTES = 4 * 1024;

  private ClientData() {}

  /** The bytes; anything but our page's own ceremony over this challenge is refused. */
  static byte[] require(String text, String type, byte[] challenge, RelyingParty party) {
    byte[] bytes = Parts.decoded(text, MOST_BYTES, "client data");
    var data = Json.parseObject(bytes);
    if (!data.text("type").equals(Optional.of(type))) {
      throw new InvalidValueException("the client data is of another ceremony");
    }
    String wanted = Base64.getUrlEncoder().withoutPadding().encodeToString(challenge);
    if (!data.text("challenge").equals(Optional.of(wanted))) {
      throw new InvalidValueException("the key signed another challenge");
    }
    if (!data.text("origin").equals(Optional.of(party.origin()))) {
      throw new InvalidValueException("the key signed on another site");
    }
    boolean isOwnPage =
        data.get("crossOrigin").orElse(Value.of(false)).equals(Value.of(false))
            && !data.members().containsKey("topOrigin");
    if (!isOwnPage) {
      throw new InvalidValueException("the key signed inside another site's page");
    }
    return bytes;
  }
}
