package dev.remit.connectors.mcp;

import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Tool;
import dev.remit.core.call.UpstreamDefinition;
import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Grade;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Upstream tool definitions against their pins. */
final class Definitions {
  private static final int MOST_PAGES = 100;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private final Map<String, Pinned> pinned = new HashMap<>();

  private record Pinned(
      String upstream, String pin, Grade effect, Optional<UpstreamDefinition> accepted) {}

  Definitions(Collection<Tool> tools) {
    tools.forEach(tool -> {
      var settings = new Settings("tool `" + tool.name() + "`", tool.settings());
      var pin = settings.optionalText("pin").orElse(tool.pin());
      var accepted = tool.settings().object("accepted").map(UpstreamDefinition::of);
      pinned.put(tool.name(), new Pinned(settings.text("tool"), pin, tool.effect(), accepted));
    });
  }

  /** The digest of what a pin covers. */
  static String pin(Value.Obj definition) {
    return UpstreamDefinition.of(definition).pin();
  }

  Optional<String> upstream(String tool) {
    return Optional.ofNullable(pinned.get(tool)).map(Pinned::upstream);
  }

  /**
   * Tools that the upstream no longer has as accepted, each with what is different; empty when the
   * list could not be read.
   */
  Optional<Map<String, List<String>>> changed(McpWire wire, McpSession session) {
    var found = new HashMap<String, List<UpstreamDefinition>>();
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
          found
              .computeIfAbsent(name, key -> new ArrayList<>())
              .add(UpstreamDefinition.of(definition));
        }
      }
      cursor = result.text("nextCursor");
      if (cursor.isEmpty()) {
        return Optional.of(compare(found));
      }
    }
    return Optional.empty();
  }

  private Map<String, List<String>> compare(Map<String, List<UpstreamDefinition>> found) {
    var changed = new TreeMap<String, List<String>>();
    pinned.forEach((tool, wanted) -> {
      var lines = objection(wanted, found.getOrDefault(wanted.upstream(), List.of()));
      if (!lines.isEmpty()) {
        changed.put(tool, lines);
      }
    });
    return changed;
  }

  private static List<String> objection(Pinned wanted, List<UpstreamDefinition> found) {
    if (found.isEmpty()) {
      return List.of("the upstream has no tool `" + wanted.upstream() + "` any more");
    }
    if (found.size() > 1) {
      return List.of("the upstream lists `" + wanted.upstream() + "` more than once");
    }
    var now = found.getFirst();
    if (now.pin().equals(wanted.pin())) {
      return now.riskBeyond(wanted.effect())
          .map(words -> List.of(words + "; declare a higher `effect`"))
          .orElse(List.of());
    }
    return wanted
        .accepted()
        .map(accepted -> accepted.differences(now))
        .orElseGet(() ->
            List.of("its definition is now " + now.pin() + "; what was accepted is not kept"));
  }
}
