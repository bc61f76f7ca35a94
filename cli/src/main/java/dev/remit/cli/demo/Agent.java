package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientTransportAuthorizationErrorHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An agent: the official MCP Java SDK, a workload's token and its key, nothing else.
 *
 * <p>It knows nothing of Remit but the address and the tools it is offered.
 */
final class Agent implements AutoCloseable {

  private final Shown shown;
  private final McpSyncClient client;
  private final String revision;

  private Agent(Shown shown, McpSyncClient client, String revision) {
    this.shown = shown;
    this.client = client;
    this.revision = revision;
  }

  /** Connects over Streamable HTTP. */
  static Agent connect(String machines, Shown shown) {
    var transport =
        HttpClientStreamableHttpTransport.builder(machines)
            .endpoint("/mcp")
            .openConnectionOnStartup(false)
            .addHttpRequestCustomizer(
                (request, method, uri, body, context) -> shown.on(request, method, uri.toString()))
            .authorizationErrorHandler(
                McpHttpClientTransportAuthorizationErrorHandler.fromSync(
                    (sent, answer, context) -> shown.isWorthAgain(answer.headers())))
            .build();
    var client =
        McpClient.sync(transport)
            .clientInfo(McpSchema.Implementation.builder("remit-demo", "1").build())
            .requestTimeout(Duration.ofSeconds(60))
            .initializationTimeout(Duration.ofSeconds(20))
            .build();
    try {
      var welcome = client.initialize();
      return new Agent(shown, client, welcome.protocolVersion());
    } catch (RuntimeException e) {
      client.close();
      throw CommandException.broken("the agent cannot connect to `" + machines + "`");
    }
  }

  /** The protocol revision that both sides speak. */
  String revision() {
    return revision;
  }

  /** The workload's token and key, for what the SDK cannot send. */
  Shown shown() {
    return shown;
  }

  /** Names of the tools it is offered, sorted. */
  List<String> tools() {
    return client.listTools().tools().stream().map(McpSchema.Tool::name).sorted().toList();
  }

  /** Opens a task; the answer is its handle. */
  String openTask(String taskClass, String ticket, String... targets) {
    var answer =
        call(
            "remit_open_task",
            Value.object("taskClass", taskClass, "ticket", ticket, "targets", List.of(targets)));
    return answer
        .structured()
        .text("task")
        .orElseThrow(
            () -> CommandException.broken("the task could not be opened: " + answer.excerpt()));
  }

  /** Goes on with a call that waited for people. */
  Answer resume(String handle) {
    return call("remit_continue", Value.object("handle", handle));
  }

  /** Asks people about several calls as one. */
  Answer propose(String task, List<Value.Obj> steps) {
    return call("remit_propose_plan", Value.object("task", task, "steps", steps));
  }

  /** Hands a part of a task to another agent. */
  Answer delegate(String task, Value.Obj wish) {
    return call("remit_delegate", wish.with("parent", Value.of(task)));
  }

  /** Ends a task. */
  Answer closeTask(String task) {
    return call("remit_close_task", Value.object("task", task, "state", "done"));
  }

  /** Calls a tool within a task. */
  Answer call(String tool, String task, Value.Obj arguments) {
    return call(tool, arguments.with("remit_task", Value.of(task)));
  }

  private Answer call(String tool, Value.Obj arguments) {
    try {
      return answer(
          client.callTool(CallToolRequest.builder(tool).arguments(map(arguments)).build()));
    } catch (McpError e) {
      var error = e.getJsonRpcError();
      return error == null
          ? Answer.refusedByProtocol(-1, String.valueOf(e.getMessage()))
          : Answer.refusedByProtocol(error.code(), String.valueOf(error.message()));
    } catch (RuntimeException e) {
      return Answer.refusedByProtocol(-1, "no answer: " + e.getClass().getSimpleName());
    }
  }

  private static Answer answer(CallToolResult result) {
    String text =
        result.content().stream()
            .filter(TextContent.class::isInstance)
            .map(content -> ((TextContent) content).text())
            .collect(Collectors.joining("\n"));
    Value.Obj structured =
        value(result.structuredContent()) instanceof Value.Obj object ? object : Value.Obj.EMPTY;
    Value.Obj meta = value(result.meta()) instanceof Value.Obj object ? object : Value.Obj.EMPTY;
    return new Answer(Boolean.TRUE.equals(result.isError()), text, structured, meta, 0);
  }

  private static Map<String, Object> map(Value.Obj object) {
    Map<String, Object> map = new LinkedHashMap<>();
    object.members().forEach((name, member) -> map.put(name, plain(member)));
    return map;
  }

  private static Object plain(Value value) {
    return switch (value) {
      case Value.Null.NULL -> throw new IllegalStateException("the demo sends no null");
      case Value.Bool(boolean claim) -> claim;
      case Value.Int(long number) -> number;
      case Value.Real(double number) -> number;
      case Value.Text(String text) -> text;
      case Value.Array(List<Value> items) -> items.stream().map(Agent::plain).toList();
      case Value.Obj object -> map(object);
    };
  }

  private static Value value(@Nullable Object plain) {
    return switch (plain) {
      case null -> Value.Null.NULL;
      case String text -> Value.of(text);
      case Boolean claim -> Value.of(claim);
      case Number number -> Value.number(number.doubleValue());
      case List<?> items -> new Value.Array(items.stream().map(Agent::value).toList());
      case Map<?, ?> members -> {
        Map<String, Value> object = new LinkedHashMap<>();
        members.forEach((name, member) -> object.put(String.valueOf(name), value(member)));
        yield new Value.Obj(object);
      }
      default -> Value.of(plain.toString());
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
