package dev.remit.core.flow;

import dev.remit.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Forms that keys and tokens of well-known makers have, and nothing else has by chance.
 *
 * <p>It finds what is written whole in one text or name. What is split, encoded or of no known form
 * passes: this catches mistakes, and no one who hides a secret. Nothing that is found is ever in
 * its answers. Every form is read in one pass over the text.
 */
final class SecretShapes {
  private static final List<Shape> SHAPES =
      List.of(
          new Shape("private-key", "-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY|PuTTY-User-Key-File-"),
          new Shape("private-key", "AGE-SECRET-KEY-1[A-Z0-9]{20}"),
          new Shape("aws-key", "(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
          new Shape("azure-key", "(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40}"),
          new Shape("google-key", "(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}"),
          new Shape(
              "github-token", "(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30}|github_pat_[A-Za-z0-9_]{22})"),
          new Shape("gitlab-token", "(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20}"),
          new Shape("slack-token", "(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10}"),
          new Shape("stripe-key", "(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{16}"),
          new Shape(
              "signed-token",
              "(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,512}\\.eyJ[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{8}"));

  private SecretShapes() {}

  private record Shape(String name, Pattern pattern) {
    Shape(String name, String pattern) {
      this(name, Pattern.compile(pattern));
    }
  }

  /** What is found, for evidence: the argument and the form, never the text. */
  static Optional<Value.Obj> in(Value.Obj arguments) {
    for (Map.Entry<String, Value> argument : arguments.members().entrySet()) {
      if (of(argument.getKey()).isPresent()) {
        return Optional.of(Value.object("secret", "in a name"));
      }
      var shape = within(argument.getValue());
      if (shape.isPresent()) {
        return Optional.of(Value.object("secret", shape.get(), "argument", argument.getKey()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> within(Value value) {
    return switch (value) {
      case Value.Text(String text) -> of(text);
      case Value.Array(List<Value> items) -> first(items);
      case Value.Obj object -> {
        var name = object.members().keySet().stream().flatMap(n -> of(n).stream()).findFirst();
        yield name.isPresent() ? name : first(List.copyOf(object.members().values()));
      }
      case Value.Int ignored -> Optional.empty();
      case Value.Real ignored -> Optional.empty();
      case Value.Bool ignored -> Optional.empty();
      case Value.Null ignored -> Optional.empty();
    };
  }

  private static Optional<String> first(List<Value> values) {
    return values.stream().flatMap(value -> within(value).stream()).findFirst();
  }

  private static Optional<String> of(String text) {
    return text.length() < 14
        ? Optional.empty()
        : SHAPES.stream()
            .filter(shape -> shape.pattern().matcher(text).find())
            .map(Shape::name)
            .findFirst();
  }
}
