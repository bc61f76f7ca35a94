package dev.remit.bench.call;

import dev.remit.bench.BenchException;
import dev.remit.bench.load.McpClient;
import dev.remit.bench.load.Shown;
import dev.remit.bench.load.Side;
import dev.remit.bench.process.Patience;
import dev.remit.core.value.Value;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** An agent before the server with one open task, which is therefore never named in a call. */
public final class Agent {

  private static final Duration INVENTORY = Duration.ofSeconds(30);

  private final URI mcp;
  private final Optional<Shown> shown;

  public Agent(URI mcp, Shown shown) {
    this.mcp = mcp;
    this.shown = Optional.of(shown);
  }

  /** Opens the task as soon as the server has read its inventory. */
  public void openTask(String taskClass, String ticket, String target) {
    var arguments =
        Value.object(
            "taskClass", taskClass, "ticket", ticket, "targets", java.util.List.of(target));
    Patience.until(
        "no task `" + taskClass + "` could be opened",
        INVENTORY,
        Duration.ofMillis(300),
        () -> {
          try (var client = McpClient.open(mcp, shown)) {
            String text = client.call("remit_open_task", arguments);
            if (text.contains("\"isError\":true") || !text.contains("task")) {
              throw BenchException.broken(text);
            }
            return Optional.of(true);
          }
        });
  }

  /** Calls of one tool; the arguments may differ from call to call. */
  Side side(String tool, Supplier<Value.Obj> arguments, String sign) {
    return side(mcp, shown, tool, arguments, sign);
  }

  /** Calls of one tool of any MCP server. */
  static Side side(
      URI uri, Optional<Shown> shown, String tool, Supplier<Value.Obj> arguments, String sign) {
    return () -> {
      var client = McpClient.open(uri, shown);
      return new Side.Line() {
        @Override
        public void call() throws Exception {
          client.mustCall(tool, arguments.get(), sign);
        }

        @Override
        public void close() {
          client.close();
        }
      };
    };
  }
}
