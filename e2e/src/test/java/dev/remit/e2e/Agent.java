package dev.remit.e2e;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An agent whose tokens are bound to a key of its own and that posts JSON-RPC as it is
 * (2025-11-25).
 */
final class Agent {

  private static final AtomicLong IDS = new AtomicLong();

  private final Estate estate;
  private final String subject;
  private final Holder holder = new Holder();
  private String token;

  Agent(Estate estate, String subject) {
    this.estate = estate;
    this.subject = subject;
    this.token = estate.lab().token(subject, holder);
  }

  String subject() {
    return subject;
  }

  String token() {
    return token;
  }

  /** Its key. */
  Holder holder() {
    return holder;
  }

  /** Takes a new token: the lab may have a new key. */
  void signInAgain() {
    token = estate.lab().token(subject, holder);
  }

  /** A tool's result as it came. */
  record Result(int status, Value.Obj message) {
    Value.Obj result() {
      return message.object("result").orElse(Value.Obj.EMPTY);
    }

    /** Such as {@code succeeded}, {@code refused}, {@code unknown}; empty for a protocol error. */
    String outcome() {
      return meta("dev.remit/outcome");
    }

    String reason() {
      return meta("dev.remit/reason");
    }

    String call() {
      return meta("dev.remit/call");
    }

    private String meta(String name) {
      return result().object("_meta").flatMap(meta -> meta.text(name)).orElse("");
    }

    /** The first text block. */
    String words() {
      return result().items("content").stream()
          .findFirst()
          .flatMap(item -> ((Value.Obj) item).text("text"))
          .orElse("");
    }
  }

  Result rpc(Server server, String shown, String method, Value.Obj params) {
    return rpcAt(server.machines(), shown, method, params);
  }

  /** The same at an address, which may be a proxy's. */
  Result rpcAt(String machines, String shown, String method, Value.Obj params) {
    var url = machines + "/mcp";
    var message = message(method, params);
    return result(holder.post(url, shown, () -> request(url, "", message)));
  }

  /** The same with a token as if it were a bearer's; none at all, if it is empty. */
  Result rpcAsBearer(Server server, String shown, String method, Value.Obj params) {
    return result(Http.send(request(server.machines() + "/mcp", shown, message(method, params))));
  }

  private static Result result(Http.Answer answer) {
    return new Result(answer.status(), answer.object());
  }

  private static byte[] message(String method, Value.Obj params) {
    return Json.bytes(
        Value.object(
            "jsonrpc", "2.0", "id", IDS.incrementAndGet(), "method", method, "params", params));
  }

  private static HttpRequest.Builder request(String url, String bearer, byte[] message) {
    return Http.request(url, bearer)
        .header("Accept", "application/json, text/event-stream")
        .header("MCP-Protocol-Version", "2025-11-25")
        .POST(HttpRequest.BodyPublishers.ofByteArray(message));
  }

  Result call(String tool, Value.Obj arguments) {
    return callOn(estate.server(), tool, arguments);
  }

  Result callOn(Server server, String tool, Value.Obj arguments) {
    return rpc(server, token, "tools/call", Value.object("name", tool, "arguments", arguments));
  }

  /** The same in the background; ends exceptionally when the server dies. */
  CompletableFuture<Result> begin(String tool, Value.Obj arguments) {
    return CompletableFuture.supplyAsync(
        () -> call(tool, arguments), Executors.newVirtualThreadPerTaskExecutor());
  }

  /** Opens a task; its id. */
  String open(String taskClass, String ticket, String target) {
    return open(taskClass, ticket, List.of(target));
  }

  String open(String taskClass, String ticket, List<String> targets) {
    var opened = tryOpen(taskClass, ticket, targets);
    return opened
        .result()
        .object("structuredContent")
        .flatMap(task -> task.text("task"))
        .orElseThrow(
            () -> new AssertionError("no task was opened: " + Json.text(opened.message())));
  }

  Result tryOpen(String taskClass, String ticket, List<String> targets) {
    return call(
        "remit_open_task",
        Value.object("taskClass", taskClass, "ticket", ticket, "targets", targets));
  }

  /** Closes a task as done. */
  void close(String task) {
    call("remit_close_task", Value.object("task", task, "state", "done"));
  }
}
