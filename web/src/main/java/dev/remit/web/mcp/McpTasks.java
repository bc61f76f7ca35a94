package dev.remit.web.mcp;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.Gateway;
import dev.remit.core.identity.Caller;
import dev.remit.core.value.Value;
import java.time.Instant;

/**
 * MCP's own tasks (extension {@code io.modelcontextprotocol/tasks}, 2026-07-28): where a client
 * declared it, a call that waits for people is one, and its id is the handle.
 *
 * <p>{@code tasks/get} is {@code remit_continue} in another shape: it says that people are still
 * asked, or runs what they granted and tells the outcome, the same as often as it is asked. Input
 * is never asked of the client, for nobody answers through an agent. {@code tasks/cancel} takes
 * back what waits for people; what runs or ran stays as it is.
 */
final class McpTasks {

  static final String EXTENSION = "io.modelcontextprotocol/tasks";

  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  private static final int MISSING_CAPABILITY = -32021;
  private static final int POLL_MILLIS = 5_000;
  private static final int LONGEST_ID = 128;

  private final Gateway gateway;

  McpTasks(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Whether this request says that its client knows tasks; what others said does not count. */
  static boolean isDeclared(Value.Obj params) {
    return params
        .object("_meta")
        .flatMap(meta -> meta.object(CAPABILITIES))
        .flatMap(capabilities -> capabilities.object("extensions"))
        .flatMap(extensions -> extensions.object(EXTENSION))
        .isPresent();
  }

  /** What a call that waits is answered with. */
  Value.Obj created(Caller.Agent caller, CallResult.Waiting waiting) {
    var askedAt = gateway.askedAt(caller, waiting.handle()).orElseThrow(McpTasks::notFound);
    return task(waiting.handle(), "working", askedAt)
        .with("resultType", Value.of("task"))
        .with("statusMessage", Value.of(words(waiting)));
  }

  /** {@code tasks/get}. */
  Value.Obj get(Caller.Agent caller, Value.Obj params, Cut cut) {
    requireDeclared(params);
    var handle = handle(params);
    var askedAt = gateway.askedAt(caller, handle).orElseThrow(McpTasks::notFound);
    var result = gateway.resume(caller, handle, cut);
    return switch (result) {
      case CallResult.Waiting waiting ->
          task(handle, "working", askedAt).with("statusMessage", Value.of(words(waiting)));
      case CallResult.Planned planned when !planned.isOver() ->
          task(handle, "working", askedAt)
              .with("statusMessage", Value.of("stopped before a step that can still be made"));
      case CallResult.Joined ignored ->
          task(handle, "working", askedAt).with("statusMessage", Value.of("it is being made"));
      case CallResult.Ended ended when ended.state() == Proposal.State.WITHDRAWN ->
          task(handle, "cancelled", askedAt).with("statusMessage", Value.of(ended.why()));
      default ->
          task(handle, "completed", askedAt).with("result", CallWords.result(result, Era.MODERN));
    };
  }

  /** {@code tasks/cancel}: nobody is asked any more. */
  Value.Obj cancel(Caller.Agent caller, Value.Obj params) {
    requireDeclared(params);
    if (!gateway.takeBack(caller, handle(params))) {
      throw notFound();
    }
    return Value.Obj.EMPTY;
  }

  /** {@code tasks/update} is acknowledged: no input was asked for. */
  Value.Obj acknowledged(Caller.Agent caller, Value.Obj params) {
    requireDeclared(params);
    var _ = gateway.askedAt(caller, handle(params)).orElseThrow(McpTasks::notFound);
    return Value.Obj.EMPTY;
  }

  private static Value.Obj task(ProposalId handle, String status, Instant askedAt) {
    return Value.object(
        "taskId",
        handle.value(),
        "status",
        status,
        "createdAt",
        askedAt.toString(),
        "lastUpdatedAt",
        askedAt.toString(),
        "ttlMs",
        Value.Null.NULL,
        "pollIntervalMs",
        POLL_MILLIS);
  }

  private static String words(CallResult.Waiting waiting) {
    return "waits for people ("
        + String.join(", ", waiting.from())
        + ") until "
        + waiting.answerBy();
  }

  private static void requireDeclared(Value.Obj params) {
    if (!isDeclared(params)) {
      throw new RpcError(400, MISSING_CAPABILITY, "missing required client capability")
          .about(
              Value.object(
                  "requiredCapabilities",
                  Value.object("extensions", Value.object(EXTENSION, Value.Obj.EMPTY))));
    }
  }

  private static ProposalId handle(Value.Obj params) {
    return params
        .text("taskId")
        .filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID)
        .map(ProposalId::new)
        .orElseThrow(McpTasks::notFound);
  }

  private static RpcError notFound() {
    return RpcError.invalidParams("`taskId` is no task of yours");
  }
}
