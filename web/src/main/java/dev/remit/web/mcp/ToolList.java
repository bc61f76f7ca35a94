package dev.remit.web.mcp;

import dev.remit.core.call.Tool;
import dev.remit.core.flow.Gateway;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Grade;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code tools/list}: the caller's tools and Remit's own, sorted by name, in pages.
 *
 * <p>A cursor is the last name of the page before; it stays good when tools come and go.
 */
final class ToolList {

  private final Gateway gateway;
  private final int perPage;

  ToolList(Gateway gateway, int perPage) {
    this.gateway = gateway;
    this.perPage = perPage;
  }

  /** One page. */
  Value.Obj page(Caller.Agent caller, Value.Obj params) {
    return page(gateway.tools(caller), OwnTools.DEFINITIONS, params);
  }

  /** What an agent of several clients may call at one of them at least. */
  Value.Obj page(Caller.Triage caller, Value.Obj params) {
    var own = new TreeMap<>(OwnTools.DEFINITIONS);
    own.computeIfPresent(
        OwnTools.OPEN_TASK,
        (_, tool) ->
            OwnToolDefinitions.ofSeveral(
                tool, caller.parts().stream().map(Caller.Agent::name).toList()));
    var tools = new ArrayList<Tool>();
    caller.parts().forEach(part -> tools.addAll(gateway.tools(part)));
    return page(tools, own, params);
  }

  private Value.Obj page(List<Tool> tools, Map<String, Value.Obj> own, Value.Obj params) {
    var all = new TreeMap<String, Value>();
    tools.forEach(tool -> all.put(tool.name(), definition(tool)));
    own.forEach(all::put);
    var after = params.get("cursor").map(ToolList::name);
    var rest = after.isPresent() ? all.tailMap(after.get(), false) : all;
    var page = new ArrayList<Value>(Math.min(perPage, rest.size()));
    Optional<String> last = Optional.empty();
    for (var tool : rest.entrySet()) {
      if (page.size() == perPage) {
        return Value.object("tools", page, "nextCursor", cursor(last.orElseThrow()));
      }
      page.add(tool.getValue());
      last = Optional.of(tool.getKey());
    }
    return Value.object("tools", page);
  }

  private static Value.Obj definition(Tool tool) {
    return Value.object(
        "name", tool.name(),
        "title", tool.title(),
        "description", tool.description(),
        "inputSchema", ToolSchema.offered(tool.inputSchema()),
        "annotations",
            Value.object(
                "title", tool.title(),
                "readOnlyHint", tool.effect() == Grade.OBSERVE,
                "destructiveHint", tool.effect() == Grade.DESTRUCTIVE),
        "_meta",
            Value.object(
                "dev.remit/effect",
                tool.effect().text(),
                "dev.remit/content",
                tool.isContentTrusted() ? "trusted" : "untrusted"));
  }

  private static String cursor(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(Value cursor) {
    try {
      if (cursor instanceof Value.Text(String text) && text.length() <= 256 && !text.isEmpty()) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException e) {
      // not base64: the same answer as for any other cursor that is not ours
    }
    throw RpcError.invalidParams("invalid cursor: use the `nextCursor` of the page before");
  }
}
