package dev.remit.web.authzen;

import dev.remit.core.advice.Access;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;

/**
 * Reads the information model (AuthZEN 1.0, section 5) from what was sent. Unknown members are
 * ignored, as the specification wants; known ones must be there and of their type.
 *
 * <p>Throws {@link InvalidValueException} in words for the sender.
 */
final class AccessReading {

  private static final int LONGEST = 1_024;

  private AccessReading() {}

  /** A whole access: subject, action and resource by name. */
  static Access access(Value.Obj sent) {
    return new Access(subject(sent), action(sent), resource(sent), context(sent));
  }

  static Access.Entity subject(Value.Obj sent) {
    return entity(sent, "subject");
  }

  static Access.Entity resource(Value.Obj sent) {
    return entity(sent, "resource");
  }

  /** An entity that is searched for: its type; a name that came with it is ignored. */
  static Access.Entity wanted(Value.Obj sent, String name) {
    var entity = object(sent, name);
    return new Access.Entity(text(entity, name, "type"), "", properties(entity, name));
  }

  static Access.Action action(Value.Obj sent) {
    var action = object(sent, "action");
    return new Access.Action(text(action, "action", "name"), properties(action, "action"));
  }

  static Value.Obj context(Value.Obj sent) {
    return sent.get("context").isEmpty() ? Value.Obj.EMPTY : object(sent, "context");
  }

  private static Access.Entity entity(Value.Obj sent, String name) {
    var entity = object(sent, name);
    return new Access.Entity(
        text(entity, name, "type"), text(entity, name, "id"), properties(entity, name));
  }

  private static Value.Obj properties(Value.Obj entity, String name) {
    if (entity.get("properties").isEmpty()) {
      return Value.Obj.EMPTY;
    }
    return entity
        .object("properties")
        .orElseThrow(
            () -> new InvalidValueException("`" + name + ".properties` must be an object"));
  }

  /** A member that must be there and be an object. */
  static Value.Obj object(Value.Obj sent, String name) {
    if (sent.get(name).isEmpty()) {
      throw new InvalidValueException("`" + name + "` is missing");
    }
    return sent.object(name)
        .orElseThrow(() -> new InvalidValueException("`" + name + "` must be an object"));
  }

  private static String text(Value.Obj entity, String name, String member) {
    String path = "`" + name + "." + member + "`";
    var value = entity.get(member);
    if (value.isEmpty()) {
      throw new InvalidValueException(path + " is missing");
    }
    if (value.get() instanceof Value.Text(String text)
        && !text.isEmpty()
        && text.length() <= LONGEST) {
      return text;
    }
    throw new InvalidValueException(path + " must be text of 1 to " + LONGEST + " characters");
  }
}
