package dev.remit.identity.people;

import dev.remit.core.identity.PersonSignIn;
import dev.remit.core.release.People;
import dev.remit.core.release.Releases;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.IdTokenCheck;
import dev.remit.identity.JwksSource;
import dev.remit.identity.KeyTimes;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@link PersonSignIn} by OpenID Connect.
 *
 * <p>Promises: only a listed issuer's word counts, and only for the one organisation that the
 * policy in force lets it vouch for; what the browser brought is redeemed at the issuer that the
 * attempt was begun at and at no other (RFC 9207, RFC 9700, section 4.4); an issuer that is away
 * signs nobody in.
 */
public final class OidcSignIn implements PersonSignIn {

  private final Map<String, OidcIssuer> issuers = new LinkedHashMap<>();
  private final Supplier<People> people;
  private final InstantSource clock;

  /**
   * @param people the people of the policy version in force
   */
  public OidcSignIn(
      List<PeopleIssuer> listed,
      Supplier<People> people,
      IssuerClient client,
      JwksSource source,
      KeyTimes times,
      InstantSource clock) {
    this.people = people;
    this.clock = clock;
    for (var issuer : listed) {
      boolean isKnown =
          issuers.values().stream().anyMatch(it -> it.issuer().issuer().equals(issuer.issuer()));
      if (isKnown || issuers.containsKey(issuer.name())) {
        throw new InvalidValueException("issuer `" + issuer.name() + "` is listed twice");
      }
      issuers.put(issuer.name(), new OidcIssuer(issuer, client, source, times, clock));
    }
  }

  @Override
  public List<String> issuers() {
    return List.copyOf(issuers.keySet());
  }

  @Override
  public Begun begin(Attempt attempt) {
    var issuer = issuers.get(attempt.issuer());
    return issuer == null ? new Refused("this issuer is not listed") : issuer.begin(attempt);
  }

  @Override
  public Completed complete(Attempt attempt, Returned returned) {
    var issuer = issuers.get(attempt.issuer());
    if (issuer == null) {
      return new Refused("this issuer is not listed");
    }
    return switch (issuer.redeem(attempt, returned)) {
      case OidcIssuer.NotRedeemed(String why) -> new Refused(why);
      case OidcIssuer.IssuerAway(String why) -> new Away(why);
      case OidcIssuer.Redeemed(IdTokenCheck.Good token) -> signedIn(issuer, token);
    };
  }

  private Completed signedIn(OidcIssuer issuer, IdTokenCheck.Good token) {
    try {
      var name = issuer.issuer().name();
      var organisation = people.get().organisationOf(name);
      return organisation
          .<Completed>map(
              of -> new SignedIn(Claims.person(issuer.issuer(), of, token, clock.instant())))
          .orElseGet(
              () -> new Refused("`" + name + "` vouches for no organisation, or for several"));
    } catch (Releases.PolicyUnavailableException e) {
      return new Away("no policy version can be had");
    } catch (InvalidValueException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }
}
