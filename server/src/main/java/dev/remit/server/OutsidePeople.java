package dev.remit.server;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.people.PeopleIssuer;
import dev.remit.web.people.PeopleSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What the server's own configuration says of people: where they find it, and which issuers they
 * sign in at. The workspace names issuers and can never bring one.
 *
 * <p>In the configuration file: {@code "people": {"url": "https://remit.example", "issuers":
 * [{"name", "issuer", "clientId", "secret", "groupsClaim"}]}}. {@code secret} names a sealed one.
 *
 * @param site where browsers find it; without it {@code http://localhost} at the people's port
 */
record OutsidePeople(Optional<PeopleSite> site, List<Listed> issuers) {

  static final OutsidePeople NONE = new OutsidePeople(Optional.empty(), List.of());

  OutsidePeople {
    issuers = List.copyOf(issuers);
  }

  /**
   * One issuer.
   *
   * @param inline the secret itself; a lab's alone
   */
  record Listed(
      String name,
      String issuer,
      String clientId,
      String secret,
      Optional<String> inline,
      String groupsClaim,
      boolean isLab) {

    @Override
    public String toString() {
      return "Listed[" + name + "]";
    }

    PeopleIssuer with(Supplier<String> revealed) {
      return new PeopleIssuer(name, issuer, clientId, revealed, groupsClaim, isLab);
    }
  }

  /** Adds what the configuration file says. */
  static OutsidePeople configured(Value.Obj file) {
    var people = file.object("people").orElse(Value.Obj.EMPTY);
    var listed = new ArrayList<Listed>();
    for (var item : people.items("issuers")) {
      if (!(item instanceof Value.Obj issuer)) {
        throw new InvalidValueException("an issuer of people must be an object");
      }
      listed.add(
          new Listed(
              need(issuer, "name"),
              need(issuer, "issuer"),
              need(issuer, "clientId"),
              need(issuer, "secret"),
              Optional.empty(),
              issuer.text("groupsClaim").orElse(PeopleIssuer.GROUPS),
              false));
    }
    return new OutsidePeople(people.text("url").map(PeopleSite::new), listed);
  }

  /** The same with the issuers of a lab estate; their secrets lie in the lab's own description. */
  OutsidePeople withLab(Value.Obj lab) {
    var all = new ArrayList<>(issuers);
    lab.object("people")
        .orElse(Value.Obj.EMPTY)
        .members()
        .forEach((organisation, value) -> {
          if (value instanceof Value.Obj issuer) {
            all.add(
                new Listed(
                    need(issuer, "name"),
                    need(issuer, "issuer"),
                    need(issuer, "clientId"),
                    "lab-people-" + organisation,
                    Optional.of(need(issuer, "clientSecret")),
                    PeopleIssuer.GROUPS,
                    true));
          }
        });
    return new OutsidePeople(site, all);
  }

  /** The issuers, their secrets read by name when they are needed. */
  List<PeopleIssuer> issuers(BiFunction<String, Optional<String>, Supplier<String>> secrets) {
    return issuers.stream()
        .map(listed -> listed.with(secrets.apply(listed.secret(), listed.inline())))
        .toList();
  }

  private static String need(Value.Obj object, String name) {
    return object
        .text(name)
        .orElseThrow(
            () -> new InvalidValueException("`" + name + "` of an issuer of people is missing"));
  }
}
