package dev.remit.connectors.ssh;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Settings;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A declared command: a program and words with {@code {argument}} in them.
 *
 * <p>Promises: one word of the template is one argument of the program, whatever a value holds; a
 * value that could be taken for an option (it begins a word and begins with {@code -}, and no
 * {@code --} stands before it) is refused; so is one that {@code isForbidden}.
 */
record CommandTemplate(String program, List<String> words) {
  private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z0-9_-]{1,64})}");

  CommandTemplate {
    words = List.copyOf(words);
  }

  static CommandTemplate of(Settings command, Set<String> programs) {
    var template = new CommandTemplate(command.text("program"), command.texts("arguments"));
    if (!SshEndpoint.isPath(template.program()) || !programs.contains(template.program())) {
      throw new InvalidValueException(
          command.where()
              + ": the endpoint's configuration does not list the program `"
              + template.program()
              + "`: add it to `programs`");
    }
    for (String word : template.words()) {
      if (HOLE.matcher(word).replaceAll("").matches("(?s).*[{}\\x00].*")) {
        throw new InvalidValueException(command.where() + ": a brace in `" + word + "` is no name");
      }
    }
    return template;
  }

  /** The program and its arguments. */
  List<String> fill(Value.Obj arguments, Predicate<String> isForbidden) {
    var filled = new ArrayList<>(List.of(program));
    boolean isPastOptions = false;
    for (String word : words) {
      var matcher = HOLE.matcher(word);
      var text = matcher.replaceAll(hole -> held(hole.group(1), arguments, isForbidden));
      if (!isPastOptions && word.startsWith("{") && text.startsWith("-")) {
        throw new InvalidValueException("an argument that begins with `-` would be an option");
      }
      isPastOptions |= word.equals("--");
      filled.add(text);
    }
    return filled;
  }

  private static String held(String name, Value.Obj arguments, Predicate<String> isForbidden) {
    var text =
        arguments
            .get(name)
            .flatMap(Pointer::scalar)
            .orElseThrow(() -> new InvalidValueException("argument `" + name + "` is missing"));
    if (isForbidden.test(text)) {
      throw new InvalidValueException("argument `" + name + "` names a host");
    }
    return Matcher.quoteReplacement(text);
  }
}
