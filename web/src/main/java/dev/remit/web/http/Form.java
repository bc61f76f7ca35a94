package dev.remit.web.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a form as a browser sends them ({@code application/x-www-form-urlencoded}, WHATWG
 * URL, section 5.1).
 */
public final class Form {

  private static final int MOST_FIELDS = 200;

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /** Reads a body; one that is not in the form is a {@link Refusal}. */
  static Form parse(byte[] body) {
    var fields = new LinkedHashMap<String, List<String>>();
    String text = new String(body, StandardCharsets.US_ASCII);
    if (text.isEmpty()) {
      return new Form(fields);
    }
    var pairs = text.split("&", -1);
    if (pairs.length > MOST_FIELDS) {
      throw Refusal.badRequest("a form has at most " + MOST_FIELDS + " fields");
    }
    for (var pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new Form(fields);
  }

  /** The one value of a field; one that came twice is refused. */
  public Optional<String> first(String name) {
    var values = fields.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Refusal.badRequest("field `" + name + "` came more than once; send one");
    }
    return values.stream().findFirst();
  }

  /** The value of a field that must be there, not blank and at most this long. */
  public String text(String name, int longest) {
    return first(name)
        .filter(value -> !value.isBlank() && value.length() <= longest)
        .orElseThrow(() ->
            Refusal.badRequest(
                "field `" + name + "` must be text of 1 to " + longest + " characters"));
  }

  /** All values of a field that may come often, such as boxes that were ticked. */
  public List<String> all(String name) {
    return List.copyOf(fields.getOrDefault(name, List.of()));
  }

  /** Refuses fields that this page does not have. */
  public void only(Set<String> known) {
    for (var name : fields.keySet()) {
      if (!known.contains(name)) {
        throw Refusal.badRequest("unknown field `" + name + "`");
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the form is not encoded as a browser does");
    }
  }
}
