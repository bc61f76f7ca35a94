package dev.remit.core.call;

import dev.remit.core.identity.Grade;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A tool as an upstream MCP server lists it (MCP 2025-11-25, server/tools): only what a pin covers.
 *
 * <p>All of it is the upstream's word. It may make a tool more dangerous than people thought it,
 * never less.
 */
public record UpstreamDefinition(Value.Obj covered) {
  private static final List<String> PINNED =
      List.of("name", "title", "description", "inputSchema", "annotations", "outputSchema");
  private static final int EXCERPT = 300;

  /** What a pin covers of a listed tool. */
  public static UpstreamDefinition of(Value.Obj listed) {
    var covered = Value.Obj.EMPTY;
    for (String name : PINNED) {
      var member = listed.get(name);
      covered = member.isPresent() ? covered.with(name, member.get()) : covered;
    }
    return new UpstreamDefinition(covered);
  }

  /** The digest that a pin is. */
  public String pin() {
    return Sha256.of(covered);
  }

  /**
   * Why a tool with these annotations cannot be accepted as this grade. Only what is said counts:
   * an annotation that is absent, or that makes it look harmless, changes nothing.
   */
  public Optional<String> riskBeyond(Grade grade) {
    var annotations = covered.object("annotations").orElse(Value.Obj.EMPTY);
    boolean isWriting = annotations.get("readOnlyHint").filter(Value.of(false)::equals).isPresent();
    boolean isDestructive =
        annotations.get("destructiveHint").filter(Value.of(true)::equals).isPresent()
            && annotations.get("readOnlyHint").filter(Value.of(true)::equals).isEmpty();
    if (isWriting && grade == Grade.OBSERVE) {
      return Optional.of("the upstream says that it does not only read (`readOnlyHint: false`)");
    }
    return isDestructive && grade.compareTo(Grade.HIGH) < 0
        ? Optional.of("the upstream says that it may destroy (`destructiveHint: true`)")
        : Optional.empty();
  }

  /** What is different now, part by part: lines that begin with `-` were accepted, with `+` are. */
  public List<String> differences(UpstreamDefinition now) {
    var lines = new ArrayList<String>();
    compare("", covered, now.covered, lines);
    return List.copyOf(lines);
  }

  private static void compare(String at, Value accepted, Value now, List<String> lines) {
    if (accepted.equals(now)) {
      return;
    }
    if (accepted instanceof Value.Obj one && now instanceof Value.Obj other) {
      var names = new TreeSet<>(one.members().keySet());
      names.addAll(other.members().keySet());
      for (String name : names) {
        var place = at + "/" + name;
        var before = one.get(name);
        var after = other.get(name);
        if (before.isPresent() && after.isPresent()) {
          compare(place, before.get(), after.get(), lines);
        } else {
          before.ifPresent(value -> lines.add("- " + place + ": " + shown(value)));
          after.ifPresent(value -> lines.add("+ " + place + ": " + shown(value)));
        }
      }
      return;
    }
    lines.add("- " + at + ": " + shown(accepted));
    lines.add("+ " + at + ": " + shown(now));
  }

  /** Hidden characters are shown as such: a description is where orders to models hide. */
  private static String shown(Value value) {
    var text = CanonicalJson.text(value);
    var out = new StringBuilder();
    text.codePoints()
        .limit(EXCERPT)
        .forEach(point -> {
          int type = Character.getType(point);
          boolean isHidden =
              type == Character.FORMAT || type == Character.CONTROL || type == Character.UNASSIGNED;
          out.append(isHidden ? "<U+%04X>".formatted(point) : Character.toString(point));
        });
    return text.codePointCount(0, text.length()) > EXCERPT
        ? out.append("…").toString()
        : out.toString();
  }
}
