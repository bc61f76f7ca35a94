package dev.remit.web;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.Person;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What a command line does to be signed in, without one. */
final class Clis {
  static final String PORT = "49152";
  static final String REDIRECT = "http://127.0.0.1:" + PORT + "/callback";
  static final String VERIFIER = "a-secret-that-the-command-line-alone-has-0123456";
  static final String STATE = "a-state-of-22-characters";

  private Clis() {}

  static String challenge(String verifier) {
    byte[] hashed = Sha256.raw(verifier.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hashed);
  }

  static String path() {
    return "/signin/cli/" + PORT + "/" + challenge(VERIFIER) + "/" + STATE;
  }

  /** Agrees in a browser that is signed in; the address it is sent to. */
  static Rig.Reply agree(Browser browser) {
    return browser.form(path(), "csrf=" + browser.csrf());
  }

  /** The code in the address that a browser is sent to. */
  static String code(Rig.Reply agreed) {
    return agreed.header("Location").replaceAll(".*[?&]code=([^&]*).*", "$1");
  }

  static Rig.Reply redeem(Rig rig, String code, String verifier, String redirect) {
    var body = Value.object("code", code, "verifier", verifier, "redirect", redirect);
    return rig.post(
        URI.create(rig.web.peopleSite().origin() + "/v1/cli/token"), Json.text(body), Map.of());
  }

  /** The whole way; the token. */
  static String signIn(Rig rig, Person person) {
    var code = code(agree(rig.browser(person)));
    return redeem(rig, code, VERIFIER, REDIRECT).json().text("token").orElseThrow();
  }
}
