package dev.remit.identity;

import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Presented;
import dev.remit.core.release.Release;
import dev.remit.identity.binding.DpopProofs;
import dev.remit.identity.binding.Nonces;
import dev.remit.identity.binding.SenderBinding;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** An authenticator over a real key server and a clock that is moved by hand. */
final class AuthenticatorFixture implements AutoCloseable {

  final KeyServer server;
  final TestClock clock = new TestClock();
  volatile Supplier<Release> release =
      () ->
          TestReleases.of(
              List.of(TestReleases.agent(TestReleases.DESK, TestToken.SUBJECT)),
              TestReleases.orchestrator("dispatcher", "dispatcher-1"));
  final DpopProofs proofs = new DpopProofs(new Nonces("replica-1", new SplittableRandom(1)));
  private final HttpJwksSource source;
  private final OidcAuthenticator authenticator;

  AuthenticatorFixture(TestKey... keys) {
    this(Duration.ofSeconds(5), UnaryOperator.identity(), keys);
  }

  AuthenticatorFixture(Duration timeout, UnaryOperator<TrustedIssuer> change, TestKey... keys) {
    server = new KeyServer(keys);
    source = new HttpJwksSource(timeout);
    var issuer = TrustedIssuer.of(TestToken.ISSUER, server.address(), TestToken.AUDIENCE);
    authenticator =
        new OidcAuthenticator(
            List.of(change.apply(issuer)),
            () -> release.get(),
            new SenderBinding(proofs),
            source,
            KeyTimes.DEFAULT,
            clock);
  }

  Authentication authenticate(String token) {
    return authenticate(Presented.bearer(token, "POST", "https://remit.example/mcp"));
  }

  OidcAuthenticator oidc() {
    return authenticator;
  }

  Authentication authenticate(Presented presented) {
    return authenticator.authenticate(presented, clock.instant());
  }

  @Override
  public void close() {
    source.close();
    server.close();
  }
}
