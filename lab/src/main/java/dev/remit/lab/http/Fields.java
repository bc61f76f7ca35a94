package dev.remit.lab.http;

import java.util.Map;
import java.util.Set;

/** Members of a JSON body; a wrong or unknown one is refused with 400. */
public final class Fields {
  private Fields() {}

  /** Refuses members that are not listed. */
  public static void only(Map<String, Object> body, String... names) {
    Set<String> known = Set.of(names);
    for (String name : body.keySet()) {
      if (!known.contains(name)) {
        throw Refusal.badRequest("unknown property `" + name + "`");
      }
    }
  }

  /** A text of at least one character and at most so many. */
  public static String text(Map<String, Object> body, String name, int atMost) {
    if (body.get(name) instanceof String text && !text.isBlank() && text.length() <= atMost) {
      return text;
    }
    throw Refusal.badRequest("`" + name + "` must be a string of 1 to " + atMost + " characters");
  }

  /** An integer within bounds. */
  public static int integer(Map<String, Object> body, String name, int min, int max) {
    if (body.get(name) instanceof Integer value && value >= min && value <= max) {
      return value;
    }
    throw Refusal.badRequest("`" + name + "` must be an integer from " + min + " to " + max);
  }

  /** True or false. */
  public static boolean claim(Map<String, Object> body, String name) {
    if (body.get(name) instanceof Boolean claim) {
      return claim;
    }
    throw Refusal.badRequest("`" + name + "` must be true or false");
  }
}
