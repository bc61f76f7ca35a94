package dev.remit.web.mcp;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.CallResult;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of a call, as an MCP tool result (MCP, tools, tool result and error handling).
 *
 * <p>Only {@code content}, {@code structuredContent} and {@code isError} of a vendor's result pass;
 * everything but a success is {@code isError} with words that a model can act on, and {@code _meta}
 * tells the same to programs under {@code dev.remit/}.
 */
final class CallWords {

  private CallWords() {}

  /** The tool result; unknown tools are the caller's error and never come here. */
  static Value.Obj result(CallResult result, Era era) {
    return switch (result) {
      case CallResult.Answered answered -> answered(answered, era);
      case CallResult.Joined(var first) ->
          error(
              "the same call was made a moment ago as `"
                  + first
                  + "`; nothing was sent again. To repeat it on purpose give a new "
                  + "remit_idempotency_key",
              Value.object("dev.remit/outcome", "joined", "dev.remit/call", first.value()));
      case CallResult.Waiting waiting -> waiting(waiting);
      case CallResult.Ended ended -> ended(ended);
      case CallResult.Planned planned -> planned(planned, era);
      case CallResult.NoPlan(int step, var why) -> {
        var told = result(why, era);
        yield error(
            "nobody was asked: step " + step + " of the plan: " + words(told),
            told.object("_meta").orElse(Value.Obj.EMPTY).with("dev.remit/step", Value.of(step)));
      }
      case CallResult.Refused(var call, var reason) -> refused(call.value(), reason);
      case CallResult.TooMany(var call, int named, int atMost) ->
          error(
              "refused: %d targets are named, and one call of this task takes at most %d; nothing was sent. Name fewer"
                  .formatted(named, atMost),
              Value.object(
                  "dev.remit/outcome",
                  "refused",
                  "dev.remit/reason",
                  ReasonCode.LIMIT_EXCEEDED.agentCode(),
                  "dev.remit/call",
                  call.value(),
                  "dev.remit/named",
                  named,
                  "dev.remit/atMost",
                  atMost));
      case CallResult.InvalidArguments(String message) ->
          error("invalid arguments: " + message, Value.object("dev.remit/outcome", "invalid"));
      case CallResult.UnknownTool(String tool) -> throw unknownTool(tool);
    };
  }

  /** The protocol's own error for a name that is no tool of this caller. */
  static RpcError unknownTool(String tool) {
    return RpcError.invalidParams("unknown tool: `" + tool + "`");
  }

  /** A tool result that says what went wrong. */
  static Value.Obj error(String words, Value.Obj meta) {
    return Value.object("content", List.of(text(words)), "isError", true, "_meta", meta);
  }

  /** A text block. */
  static Value.Obj text(String words) {
    return Value.object("type", "text", "text", words);
  }

  private static Value.Obj answered(CallResult.Answered answered, Era era) {
    var meta =
        Value.object(
            "dev.remit/outcome",
            answered.outcome().text(),
            "dev.remit/call",
            answered.call().value());
    if (answered.isCleaningUp()) {
      meta = meta.with("dev.remit/isCleaningUp", Value.of(true));
    }
    String call = answered.call().value();
    return switch (answered.outcome()) {
      case SUCCEEDED -> vendors(answered.result(), era).with("_meta", meta);
      case REJECTED ->
          refusedByVendor(answered, era).with("isError", Value.of(true)).with("_meta", meta);
      case FAILED ->
          error("it did not happen: " + words(answered.detail()) + " (call `" + call + "`)", meta);
      case UNKNOWN ->
          error(
              "outcome unknown: it may have happened. "
                  + words(answered.detail())
                  + " It is not tried again by itself; read the target's state before you ask"
                  + " again (call `"
                  + call
                  + "`)",
              meta);
    };
  }

  private static Value.Obj refusedByVendor(CallResult.Answered answered, Era era) {
    var told = vendors(answered.result(), era);
    return told.items("content").isEmpty()
        ? told.with(
            "content",
            new Value.Array(
                List.of(text("the target's system refused: " + words(answered.detail())))))
        : told;
  }

  /** What of a vendor's result may pass, in the shape that this revision knows. */
  private static Value.Obj vendors(Value.Obj result, Era era) {
    var passed = Value.object("content", new Value.Array(result.items("content")));
    var structured = result.get("structuredContent");
    if (structured.isPresent() && (era == Era.MODERN || structured.get() instanceof Value.Obj)) {
      passed = passed.with("structuredContent", structured.get());
    }
    boolean isError = result.get("isError").equals(Optional.of(Value.of(true)));
    return isError ? passed.with("isError", Value.of(true)) : passed;
  }

  private static Value.Obj waiting(CallResult.Waiting waiting) {
    String handle = waiting.handle().value();
    return error(
        "this call waits for people ("
            + String.join(", ", waiting.from())
            + ") until "
            + waiting.answerBy()
            + "; nothing was sent. Call remit_continue with handle `"
            + handle
            + "` to run it once it is granted",
        Value.object(
            "dev.remit/outcome",
            "waiting",
            "dev.remit/handle",
            handle,
            "dev.remit/from",
            waiting.from(),
            "dev.remit/answerBy",
            waiting.answerBy().toString()));
  }

  private static Value.Obj ended(CallResult.Ended ended) {
    String state = ended.state().name().toLowerCase(Locale.ROOT);
    return error(
        state + ": " + ended.why() + "; nothing was sent",
        Value.object(
            "dev.remit/outcome",
            "refused",
            "dev.remit/reason",
            ReasonCode.APPROVAL_INSUFFICIENT.agentCode(),
            "dev.remit/handle",
            ended.handle().value(),
            "dev.remit/state",
            state));
  }

  /** What each step of a plan was told, one after the other. */
  private static Value.Obj planned(CallResult.Planned planned, Era era) {
    var told = planned.steps().stream().map(step -> result(step, era)).toList();
    boolean isDone = planned.isOver() && told.stream().noneMatch(CallWords::isError);
    boolean isWhole = isDone && told.size() == planned.of();
    var content = new ArrayList<Value>();
    var steps = new ArrayList<Value>();
    for (int i = 0; i < told.size(); i++) {
      content.add(text("step " + (i + 1) + " of " + planned.of() + ":"));
      content.addAll(told.get(i).items("content"));
      steps.add(told.get(i).object("_meta").orElse(Value.Obj.EMPTY));
    }
    content.add(text(summary(planned, told.size(), isWhole)));
    var result =
        Value.object(
            "content",
            new Value.Array(content),
            "_meta",
            Value.object(
                "dev.remit/outcome", isWhole ? "succeeded" : "stopped",
                "dev.remit/handle", planned.handle().value(),
                "dev.remit/steps", new Value.Array(steps),
                "dev.remit/of", planned.of(),
                "dev.remit/isOver", planned.isOver()));
    return isWhole ? result : result.with("isError", Value.of(true));
  }

  private static String summary(CallResult.Planned planned, int begun, boolean isWhole) {
    if (isWhole) {
      return "all " + planned.of() + " steps are done";
    }
    return planned.isOver()
        ? "the plan stopped at step " + begun + " and is over: look at the targets, then ask anew"
        : "the plan stopped at step "
            + begun
            + ", which was not made: call remit_continue again to go on with it";
  }

  private static boolean isError(Value.Obj told) {
    return told.get("isError").equals(Optional.of(Value.of(true)));
  }

  /** The words of a tool result. */
  private static String words(Value.Obj told) {
    return told.items("content").stream()
        .filter(Value.Obj.class::isInstance)
        .map(Value.Obj.class::cast)
        .flatMap(block -> block.text("text").stream())
        .collect(Collectors.joining(" "));
  }

  private static Value.Obj refused(String call, ReasonCode reason) {
    return error(
        "refused: " + reason.agentCode() + "; " + ReasonWords.hint(reason),
        Value.object(
            "dev.remit/outcome",
            "refused",
            "dev.remit/reason",
            reason.agentCode(),
            "dev.remit/call",
            call));
  }

  private static String words(String detail) {
    return detail.isBlank() ? "no more is known." : detail;
  }
}
