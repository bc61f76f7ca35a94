package dev.remit.server;

import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.flow.Drivers;
import dev.remit.core.flow.PeoplePorts;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.release.Releases;
import dev.remit.identity.HttpJwksSource;
import dev.remit.identity.KeyTimes;
import dev.remit.identity.passkey.PasskeyAssertionCheck;
import dev.remit.identity.passkey.PasskeyRegistration;
import dev.remit.identity.passkey.RelyingParty;
import dev.remit.identity.people.IssuerClient;
import dev.remit.identity.people.OidcSignIn;
import dev.remit.identity.people.PeopleIssuer;
import dev.remit.web.people.FirstKeys;
import dev.remit.web.people.Overseeing;
import dev.remit.web.people.PeopleDesk;
import dev.remit.web.people.PeopleSite;
import dev.remit.web.people.SessionTimes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people sign in to and answer with, put together: keys are bound to the site under which
 * people find the server, which is known when its listener is open.
 */
final class PeopleOffice {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PersonKeyLedger keys;
  private final Optional<PeopleSite> configured;
  private volatile @Nullable PeopleSite site;

  PeopleOffice(PersonKeyLedger keys, Optional<PeopleSite> configured) {
    this.keys = keys;
    this.configured = configured;
    this.site = configured.orElse(null);
  }

  /** What answers are checked with. */
  PeoplePorts ports() {
    return new PeoplePorts(keys, new PasskeyAssertionCheck(this::party));
  }

  /** The desk of the people's listener. */
  PeopleDesk desk(
      PersonSessions sessions,
      List<PeopleIssuer> issuers,
      Releases releases,
      Drivers drivers,
      FirstKeys.Place firstKeyFile,
      InstantSource clock,
      SecureRandom random) {
    var signIn =
        new OidcSignIn(
            issuers,
            () -> releases.active().release().people(),
            new IssuerClient(PATIENCE),
            new HttpJwksSource(PATIENCE),
            KeyTimes.DEFAULT,
            clock);
    return new PeopleDesk(
        sessions,
        signIn,
        () -> releases.active().release(),
        drivers.approvals(),
        drivers.keys(),
        drivers.killSwitch(),
        drivers.taskDesk(),
        drivers.ownCalls(),
        new Overseeing(
            drivers.certifications(), drivers.promotions(), drivers.custody(), drivers.agents()),
        new PasskeyRegistration(this::party),
        new FirstKeys(firstKeyFile, this::isNobodyThere, clock, random),
        SessionTimes.DEFAULT,
        configured);
  }

  /** The listener is open: people find it here. While nobody has a key, the first may come. */
  void opened(PeopleSite where, Supplier<FirstKeys> firstKeys) {
    site = where;
    if (keys.isEmpty()) {
      var _ = firstKeys.get().open(new Organisation.Msp(), where);
    }
  }

  /**
   * Whether a first key may be opened: the MSP's while nobody at all has one. A client's is refused
   * by the ledger once the client ever had one.
   */
  private boolean isNobodyThere(Organisation organisation) {
    return switch (organisation) {
      case Organisation.Msp() -> keys.isEmpty();
      case Organisation.Client _ -> true;
    };
  }

  private RelyingParty party() {
    var known = site;
    if (known == null) {
      throw new IllegalStateException("the people's listener is not open yet");
    }
    return new RelyingParty(known.origin(), known.rpId());
  }
}
