package dev.remit.cli.signin;

import dev.remit.cli.CommandException;
import dev.remit.cli.people.PeopleApi;
import dev.remit.core.call.Sha256;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Signs this command line in: its person agrees in a browser, the code comes back to this machine.
 */
public final class SignIn {

  private final RandomGenerator random;
  private final Duration patience;

  /**
   * @param random must be fit for secrets
   * @param patience how long the person has in the browser
   */
  public SignIn(RandomGenerator random, Duration patience) {
    this.random = random;
    this.patience = patience;
  }

  /**
   * The session, once its person agreed.
   *
   * @param browser is given the address that the person opens
   */
  public SessionFile.Kept at(String url, Consumer<String> browser) {
    String verifier = secret();
    String state = secret();
    try (var loopback = Loopback.open(state)) {
      browser.accept(
          url + "/signin/cli/" + loopback.port() + "/" + challenge(verifier) + "/" + state);
      var code =
          loopback
              .code(patience)
              .orElseThrow(() ->
                  CommandException.refused("nobody agreed in a browser; run `remit login` again"));
      var session =
          PeopleApi.anonymous(url)
              .post(
                  "/v1/cli/token",
                  Value.object(
                      "code", code, "verifier", verifier, "redirect", loopback.redirect()));
      return new SessionFile.Kept(
          url,
          session.text("person").orElse("?"),
          session.text("endsAt").orElse("?"),
          session
              .text("token")
              .orElseThrow(() -> CommandException.broken("the server gave no token")));
    } catch (IOException e) {
      throw CommandException.broken("no port of this machine can be opened for the browser");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  private String secret() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** RFC 7636, section 4.2, S256. */
  static String challenge(String verifier) {
    byte[] hashed = Sha256.raw(verifier.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hashed);
  }
}
