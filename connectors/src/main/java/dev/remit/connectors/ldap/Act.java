package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.remit.connectors.common.Settings;
import dev.remit.core.identity.Grade;
import dev.remit.core.value.InvalidValueException;
import java.util.List;
import java.util.Optional;

/** What one operation does; there is no act that takes a name or a value from a caller. */
sealed interface Act {
  /** Shows attributes of one entry. */
  record Read(List<String> show) implements Act {}

  /** Lists members of one group that belong to the same company. */
  record ListMembers(int rows) implements Act {}

  /**
   * Sets a random password of a person and hands it over.
   *
   * @param form how the entry takes it; empty for the extended operation of RFC 3062
   * @param mustChange what makes the person choose another one at the next sign-in
   */
  record ResetPassword(Optional<Passwords.Form> form, Assignment mustChange) implements Act {}

  /** Sets the attribute that keeps a person from signing in. */
  record Disable(Assignment off) implements Act {}

  /** One attribute and the value it gets. */
  record Assignment(String attribute, String value) {
    static Assignment of(Settings settings) {
      var name = RecordKind.attribute(settings.text("attribute"));
      return new Assignment(name, settings.text("value"));
    }

    Modification modification() {
      return new Modification(ModificationType.REPLACE, attribute, value);
    }

    Modification undoing(List<String> before) {
      return new Modification(ModificationType.REPLACE, attribute, before.toArray(String[]::new));
    }
  }

  /** Whether it changes something. */
  default boolean isChange() {
    return switch (this) {
      case Read read -> false;
      case ListMembers list -> false;
      case ResetPassword reset -> true;
      case Disable disable -> true;
    };
  }

  /** Reads {@code act} and what belongs to it. */
  static Act of(Settings settings, Grade effect) {
    var act =
        switch (settings.text("act")) {
          case "read" ->
              new Read(settings.texts("show").stream().map(RecordKind::attribute).toList());
          case "list-members" -> new ListMembers(settings.integer("rows", 200, 1, 500));
          case "reset-password" ->
              new ResetPassword(
                  form(settings.optionalText("password").orElse("extended")),
                  Assignment.of(settings.part("must-change")));
          case "disable" -> new Disable(Assignment.of(settings.part("set")));
          default ->
              throw new InvalidValueException(
                  settings.where() + ": `act` is read, list-members, reset-password or disable");
        };
    boolean isObserving = effect == Grade.OBSERVE;
    if (act.isChange() == isObserving) {
      throw new InvalidValueException(
          settings.where() + ": its effect is `" + effect.text() + "`, which its act is not");
    }
    return act;
  }

  private static Optional<Passwords.Form> form(String text) {
    return text.equals("extended") ? Optional.empty() : Optional.of(Passwords.Form.parse(text));
  }
}
