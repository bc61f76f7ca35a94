package dev.remit.identity.people;

import dev.remit.core.value.InvalidValueException;
import java.util.function.Supplier;

/**
 * An issuer of people, as the server's own configuration lists it.
 *
 * @param name what the workspace calls it
 * @param issuer its exact identifier; its metadata lies under it (OpenID Connect Discovery 1.0,
 *     section 4)
 * @param clientId what it calls us
 * @param secret our secret there, read when it is needed
 * @param groupsClaim the claim that holds the person's groups
 * @param isLab whether it is of a lab estate, whose keys are believed from nobody else
 */
public record PeopleIssuer(
    String name,
    String issuer,
    String clientId,
    Supplier<String> secret,
    String groupsClaim,
    boolean isLab) {

  /** What the claim is called unless configuration says otherwise. */
  public static final String GROUPS = "groups";

  public PeopleIssuer {
    if (!name.matches("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new InvalidValueException(
          "an issuer's name is lower-case letters, digits and hyphens, not `" + name + "`");
    }
    if (clientId.isBlank() || groupsClaim.isBlank()) {
      throw new InvalidValueException("issuer `" + name + "` needs a client id and a groups claim");
    }
    SafeAddress.of(issuer, "the issuer `" + name + "`");
  }

  @Override
  public String toString() {
    return "PeopleIssuer[" + name + "]";
  }
}
