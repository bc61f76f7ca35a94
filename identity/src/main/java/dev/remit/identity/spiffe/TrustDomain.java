package dev.remit.identity.spiffe;

import dev.remit.core.identity.SpiffeId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.InvalidValueException;
import java.time.Duration;
import java.util.Set;

/**
 * A trust domain whose workloads are believed, as the server's own configuration lists it.
 *
 * @param name as it stands in SPIFFE IDs
 * @param audience the one audience that its JWT-SVIDs must name: this installation
 * @param environments of the workloads that it can prove; of none, if empty
 * @param longestSvid the longest life of an X.509-SVID from issue to expiry; JWT-SVIDs live at most
 *     an hour in any case
 */
public record TrustDomain(
    String name, String audience, Set<Environment> environments, Duration longestSvid) {

  /** The longest life of an X.509-SVID that configuration can allow: it must not stand. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** The longest life of an X.509-SVID unless configuration says otherwise. */
  public static final Duration USUAL = Duration.ofHours(24);

  public TrustDomain {
    environments = Set.copyOf(environments);
    if (!SpiffeId.isTrustDomain(name)) {
      throw new InvalidValueException(
          "trust domain `" + name + "` has lower-case letters, digits, `.`, `-` and `_` only");
    }
    if (audience.isBlank()) {
      throw new InvalidValueException("trust domain `" + name + "` needs an audience");
    }
    if (!longestSvid.isPositive() || longestSvid.compareTo(LONGEST) > 0) {
      throw new InvalidValueException(
          "svids of trust domain `" + name + "` must live more than zero and at most seven days");
    }
  }
}
