package dev.remit.core.secret;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in what comes in, and takes them out of what goes out.
 *
 * <p>A secret is what is live here ({@link LiveSecrets}) or has a known form of a key ({@link
 * KnownForms}). Texts and names of members are read, each by itself and once; what is found is in
 * no answer of this class. What is split over several texts, or carried in a guise that {@link
 * Guises} does not know, is not found.
 */
public final class SecretCheck {
  /** What stands where a secret stood. */
  public static final String REMOVED = "[removed]";

  private static final KnownForms FORMS = new KnownForms();

  private final LiveSecrets live;
  private final Tries tries = new Tries();

  public SecretCheck(LiveSecrets live) {
    this.live = live;
  }

  /** A check that knows forms alone, for where nothing is live. */
  public static SecretCheck ofForms() {
    return new SecretCheck(new LiveSecrets(new byte[32]));
  }

  /** What is live here. */
  public LiveSecrets live() {
    return live;
  }

  /** Who came with secrets of late. */
  public Tries tries() {
    return tries;
  }

  /**
   * What is left of a value.
   *
   * @param removed how many secrets were taken out
   */
  public record Cleaned(Value.Obj value, int removed) {}

  /** What is found first, for evidence: the argument and the form, never the text. */
  public Optional<Value.Obj> in(Value.Obj arguments) {
    for (Map.Entry<String, Value> argument : arguments.members().entrySet()) {
      if (!spans(argument.getKey()).isEmpty()) {
        return Optional.of(Value.object("secret", "in a name"));
      }
      var form = within(argument.getValue());
      if (form.isPresent()) {
        return Optional.of(Value.object("secret", form.get(), "argument", argument.getKey()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> within(Value value) {
    return switch (value) {
      case Value.Text(String text) -> spans(text).stream().map(Found::form).findFirst();
      case Value.Array(List<Value> items) ->
          items.stream().flatMap(item -> within(item).stream()).findFirst();
      case Value.Obj object -> in(object).flatMap(found -> found.text("secret"));
      case Value.Int ignored -> Optional.empty();
      case Value.Real ignored -> Optional.empty();
      case Value.Bool ignored -> Optional.empty();
      case Value.Null ignored -> Optional.empty();
    };
  }

  /** The text without its secrets; the same text when it holds none. */
  public String clean(String text) {
    return cleaned(text, spans(text));
  }

  /** The value without its secrets; the same value when it holds none. */
  public Cleaned clean(Value.Obj value) {
    var count = new int[1];
    var left = left(value, count);
    return new Cleaned(count[0] == 0 ? value : left, count[0]);
  }

  private Value left(Value value, int[] count) {
    return switch (value) {
      case Value.Text(String text) -> {
        var spans = spans(text);
        count[0] += spans.size();
        yield spans.isEmpty() ? value : Value.of(cleaned(text, spans));
      }
      case Value.Array(List<Value> items) -> {
        int before = count[0];
        var left = items.stream().map(item -> left(item, count)).toList();
        yield count[0] == before ? value : new Value.Array(left);
      }
      case Value.Obj object -> left(object, count);
      case Value.Int ignored -> value;
      case Value.Real ignored -> value;
      case Value.Bool ignored -> value;
      case Value.Null ignored -> value;
    };
  }

  private Value.Obj left(Value.Obj object, int[] count) {
    int before = count[0];
    var members = new LinkedHashMap<String, Value>();
    object
        .members()
        .forEach((name, member) -> {
          var spans = spans(name);
          count[0] += spans.size();
          members.putIfAbsent(cleaned(name, spans), left(member, count));
        });
    return count[0] == before ? object : new Value.Obj(members);
  }

  private static String cleaned(String text, List<Found> spans) {
    if (spans.isEmpty()) {
      return text;
    }
    var clean = new StringBuilder();
    int from = 0;
    for (var span : spans) {
      clean.append(text, from, span.from()).append(REMOVED);
      from = span.to();
    }
    return clean.append(text, from, text.length()).toString();
  }

  /** What is found, in order and apart. */
  private List<Found> spans(String text) {
    if (text.length() < LiveSecrets.SHORTEST) {
      return List.of();
    }
    List<Found> spans = List.of();
    long window = 0;
    for (int last = 0; last < text.length(); last++) {
      window = Windows.next(window, text.charAt(last));
      if (FORMS.mayEnd(window) && !isWithin(spans, last)) {
        spans = with(spans, FORMS.at(text, window, last));
      }
      if (live.mayEnd(window)) {
        spans = with(spans, live.at(text, window, last));
      }
    }
    return spans;
  }

  private static boolean isWithin(List<Found> spans, int last) {
    return !spans.isEmpty() && last < spans.getLast().to();
  }

  /** Joins what overlaps. */
  private static List<Found> with(List<Found> spans, @Nullable Found found) {
    if (found == null) {
      return spans;
    }
    var all = spans.isEmpty() ? new ArrayList<Found>() : spans;
    int from = found.from();
    int to = found.to();
    while (!all.isEmpty() && all.getLast().to() > from) {
      var last = all.removeLast();
      from = Math.min(from, last.from());
      to = Math.max(to, last.to());
    }
    all.add(new Found(from, to, found.form()));
    return all;
  }
}
