package dev.remit.server;

import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.release.Release;
import dev.remit.identity.ClientAssertions;
import dev.remit.identity.WorkloadIndex;
import dev.remit.identity.binding.SenderBinding;
import dev.remit.identity.secret.KeySeal;
import dev.remit.identity.token.TaskTokenAuthenticator;
import dev.remit.identity.token.TaskTokenAuthority;
import dev.remit.identity.token.TaskTokenKeys;
import dev.remit.identity.token.TaskTokens;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresRevokedTokens;
import dev.remit.postgres.PostgresTasks;
import dev.remit.postgres.PostgresTokenKeys;
import dev.remit.web.oauth.TokenDesk;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Task tokens, put together: this server gives them out for what its door believes, and believes
 * them before anything else.
 */
final class TokenOffice {

  private static final Duration REVOKED_FOR = TokenAuthority.LONGEST.plusMinutes(5);

  private final Authenticator authenticator;
  private final TokenDesk desk;

  private TokenOffice(Authenticator authenticator, TokenDesk desk) {
    this.authenticator = authenticator;
    this.desk = desk;
  }

  /** Opens it; the keys of task tokens are read, and made at the first start. */
  static TokenOffice open(
      DataFolder data,
      Database database,
      MachineDoor door,
      Supplier<Release> release,
      Timers timers,
      InstantSource clock) {
    var random = new SecureRandom();
    var binding = new SenderBinding(door.proofs());
    var own = door.authenticator();
    var keys =
        new TaskTokenKeys(
            new PostgresTokenKeys(database), new KeySeal(data.rowsKey()), clock, random);
    keys.refresh();
    var tokens = new TaskTokens(keys, "urn:remit:" + data.installation(), random);
    var revoked = new PostgresRevokedTokens(database);
    timers.every("token keys", Duration.ofSeconds(30), keys::refresh);
    timers.every(
        "revoked tokens",
        Duration.ofMinutes(5),
        () -> revoked.sweep(clock.instant().minus(REVOKED_FOR)));
    var assertions = new ClientAssertions(new WorkloadIndex(release));
    var authority = new TaskTokenAuthority(tokens, door.proofs(), List.of(own), own, assertions);
    return new TokenOffice(
        new TaskTokenAuthenticator(tokens, binding, release, own),
        new TokenDesk(authority, revoked, new PostgresTasks(database)));
  }

  /** Proves who calls on the machines' listener. */
  Authenticator authenticator() {
    return authenticator;
  }

  /** Gives out task tokens. */
  TokenDesk desk() {
    return desk;
  }
}
