package dev.remit.connectors.mcp;

import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Sha256;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Cut;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Upstream tool definitions against their pins. */
final class Definitions {
  private static final List<String> PINNED =
      List.of("name", "description", "inputSchema", "annotations", "outputSchema");
  private static final int MOST_PAGES = 100;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private final Map<String, Pinned> pinned = new HashMap<>();

  private record Pinned(String upstream, String pin) {}

  Definitions(Collection<Tool> tools) {
    tools.forEach(tool -> {
      var settings = new Settings("tool `" + tool.name() + "`", tool.settings());
      var pin = settings.optionalText("pin").orElse(tool.pin());
      pinned.put(tool.name(), new Pinned(settings.text("tool"), pin));
    });
  }

  /** The digest of what a pin covers. */
  static String pin(Value.Obj definition) {
    var covered = Value.Obj.EMPTY;
    for (String name : PINNED) {
      var member = definition.get(name);
      covered = member.isPresent() ? covered.with(name, member.get()) : covered;
    }
    return Sha256.of(covered);
  }

  Optional<String> upstream(String tool) {
    return Optional.ofNullable(pinned.get(tool)).map(Pinned::upstream);
  }

  /** Tools that the upstream no longer has as pinned; empty when the list could not be read. */
  Optional<Set<String>> changed(McpWire wire, McpSession session) {
    var found = new HashMap<String, String>();
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      var params = cursor.map(at -> Value.object("cursor", at)).orElse(Value.Obj.EMPTY);
      var reply =
          wire.request(
              Optional.of(session),
              McpWire.Method.TOOLS_LIST,
              params,
              TIMEOUT,
              () -> false,
              new Cut());
      if (!(reply instanceof McpWire.Result(Value.Obj result, Optional<String> _))) {
        return Optional.empty();
      }
      for (var item : result.items("tools")) {
        if (item instanceof Value.Obj definition) {
          var name = definition.text("name").orElse("");
          found.merge(name, pin(definition), (first, second) -> "listed twice");
        }
      }
      cursor = result.text("nextCursor");
      if (cursor.isEmpty()) {
        return Optional.of(compare(found));
      }
    }
    return Optional.empty();
  }

  private Set<String> compare(Map<String, String> found) {
    var changed = new TreeSet<String>();
    pinned.forEach((tool, wanted) -> {
      if (!wanted.pin().equals(found.get(wanted.upstream()))) {
        changed.add(tool);
      }
    });
    return changed;
  }
}
