package dev.remit.identity.people;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.IdTokenCheck;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A person out of an id token (OpenID Connect Core 1.0, section 5.1). */
final class Claims {

  private static final int MOST_GROUPS = 500;
  private static final int LONGEST = 200;

  private Claims() {}

  /**
   * Subject, name and groups as the issuer says; the organisation as policy says of the issuer.
   *
   * <p>An issuer that does not say when it saw the person is believed to have seen them long ago.
   */
  static Person person(
      PeopleIssuer issuer, Organisation organisation, IdTokenCheck.Good token, Instant at) {
    var claims = token.claims();
    return new Person(
        new PersonId(issuer.name(), token.subject()),
        name(claims, token.subject()),
        organisation,
        groups(claims, issuer.groupsClaim()),
        email(claims),
        token.authenticatedAt().map(seen -> seen.isAfter(at) ? at : seen).orElse(Instant.EPOCH));
  }

  private static String name(Value.Obj claims, String subject) {
    return claims
        .text("name")
        .or(() -> claims.text("preferred_username"))
        .map(Claims::plain)
        .filter(text -> !text.isBlank())
        .orElse(subject);
  }

  /** Without what cannot be seen, and not long: it stands on other people's pages. */
  private static String plain(String text) {
    var plain = new StringBuilder();
    text.codePoints()
        .filter(point -> !Character.isISOControl(point))
        .filter(point -> Character.getType(point) != Character.FORMAT)
        .limit(LONGEST)
        .forEach(plain::appendCodePoint);
    return plain.toString().strip();
  }

  private static Set<String> groups(Value.Obj claims, String name) {
    var value = claims.get(name);
    var groups = new TreeSet<String>();
    if (value.isEmpty()) {
      return groups;
    }
    if (!(value.get() instanceof Value.Array(var items)) || items.size() > MOST_GROUPS) {
      throw new InvalidValueException(
          "the claim `" + name + "` is not a list of at most " + MOST_GROUPS + " groups");
    }
    for (var item : items) {
      if (item instanceof Value.Text(String group) && !group.isBlank()) {
        groups.add(group);
      } else {
        throw new InvalidValueException("the claim `" + name + "` holds more than names of groups");
      }
    }
    return groups;
  }

  /** In small letters; one that the issuer says is not verified is none. */
  private static Optional<String> email(Value.Obj claims) {
    boolean isDoubted = claims.get("email_verified").filter(Value.of(false)::equals).isPresent();
    return isDoubted
        ? Optional.empty()
        : claims
            .text("email")
            .map(text -> plain(text).toLowerCase(Locale.ROOT))
            .filter(text -> text.contains("@"));
  }
}
