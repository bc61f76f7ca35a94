package dev.remit.workspace;

import dev.remit.policy.Diagnostic;
import dev.remit.workspace.YamlNode.Items;
import dev.remit.workspace.YamlNode.Member;
import dev.remit.workspace.YamlNode.Members;
import dev.remit.workspace.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a small part of YAML 1.2: mappings with unique text keys, sequences, scalars.
 *
 * <p>Anchors, aliases, tags, tabs, several documents, and documents that are deep or have many
 * parts are refused, so nothing grows and nothing is constructed while reading.
 */
final class YamlReader {
  private static final int DEPTH_AT_MOST = 24;
  private static final int PARTS_AT_MOST = 20_000;
  private final String file;
  private final Iterator<Event> events;
  private int parts;

  private YamlReader(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  /** The document; empty after its problem was told. */
  static Optional<Members> read(String file, String text, Consumer<Diagnostic> problems) {
    try {
      refuseHiddenCharacters(file, text);
      var settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
      var events = new Parse(settings).parseString(text).iterator();
      return Optional.of(new YamlReader(file, events).document());
    } catch (RefusedException e) {
      problems.accept(e.diagnostic);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      problems.accept(new Diagnostic(file, line, "not valid yaml: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.accept(new Diagnostic(file, 0, "not valid yaml"));
    }
    return Optional.empty();
  }

  /** Whether the text holds nothing that a reader would not see; tells what it holds else. */
  static boolean isPlain(String file, String text, Consumer<Diagnostic> problems) {
    try {
      refuseHiddenCharacters(file, text);
      return true;
    } catch (RefusedException e) {
      problems.accept(e.diagnostic);
      return false;
    }
  }

  private static void refuseHiddenCharacters(String file, String text) {
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
      } else if (c == '\t') {
        throw new RefusedException(file, line, "a tab; indent with spaces");
      } else if (isHidden(c)) {
        throw new RefusedException(
            file, line, "hidden character U+%04X; remove it".formatted((int) c));
      }
    }
  }

  private static boolean isHidden(char c) {
    return Character.getType(c) == Character.FORMAT
        || (Character.isISOControl(c) && c != '\r')
        || c == '\u2028'
        || c == '\u2029';
  }

  private Members document() {
    Event event = next();
    while (!(event instanceof DocumentStartEvent)) {
      if (!events.hasNext()) {
        throw refused(1, "the file is empty");
      }
      event = next();
    }
    var root = node(next(), 0);
    if (!(root instanceof Members members)) {
      throw refused(root.line(), "the file must be a mapping of names to values");
    }
    Event end = next();
    if (!(end instanceof DocumentEndEvent) || next() instanceof DocumentStartEvent) {
      throw refused(line(end), "one document per file");
    }
    return members;
  }

  private Event next() {
    return events.next();
  }

  private YamlNode node(Event event, int depth) {
    int line = line(event);
    if (++parts > PARTS_AT_MOST) {
      throw refused(line, "the file has too many parts; split it");
    }
    if (depth > DEPTH_AT_MOST) {
      throw refused(line, "nested too deep");
    }
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw refused(line, "anchors and aliases are refused; write the value out");
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar, line);
      case SequenceStartEvent start -> {
        refuseTag(start.getTag().isPresent(), line);
        yield items(line, depth);
      }
      case MappingStartEvent start -> {
        refuseTag(start.getTag().isPresent(), line);
        yield members(line, depth);
      }
      default -> throw refused(line, "not understood; use mappings, lists and scalars");
    };
  }

  private Scalar scalar(ScalarEvent scalar, int line) {
    refuseTag(scalar.getTag().isPresent(), line);
    return new Scalar(scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, line);
  }

  private void refuseTag(boolean isTagged, int line) {
    if (isTagged) {
      throw refused(line, "tags are refused; write the plain value");
    }
  }

  private Items items(int line, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = next(); !(event instanceof SequenceEndEvent); event = next()) {
      items.add(node(event, depth + 1));
    }
    return new Items(items, line);
  }

  private Members members(int line, int depth) {
    var members = new LinkedHashMap<String, Member>();
    for (Event event = next(); !(event instanceof MappingEndEvent); event = next()) {
      var key = node(event, depth + 1);
      if (!(key instanceof Scalar(String name, boolean isQuoted, int keyLine))
          || (!isQuoted && name.isEmpty())) {
        throw refused(key.line(), "a name must be plain text");
      }
      var value = node(next(), depth + 1);
      if (members.putIfAbsent(name, new Member(value, keyLine)) != null) {
        throw refused(keyLine, "`" + name + "` is there twice");
      }
    }
    return new Members(members, line);
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private RefusedException refused(int line, String message) {
    return new RefusedException(file, line, message);
  }

  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Diagnostic diagnostic;

    RefusedException(String file, int line, String message) {
      super(message);
      this.diagnostic = new Diagnostic(file, line, message);
    }
  }
}
