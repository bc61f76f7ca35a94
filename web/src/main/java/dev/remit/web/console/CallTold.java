package dev.remit.web.console;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.flow.CallResult;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person is told of their call.
 *
 * @param answer what the system said, as it said it
 * @param call where its decision path is
 * @param card where those who answer read it
 * @param waits where one goes on when it was answered
 */
public record CallTold(
    String heading,
    String words,
    Badge badge,
    List<String> answer,
    Optional<String> call,
    Optional<String> card,
    Optional<String> waits) {

  public CallTold {
    answer = List.copyOf(answer);
  }

  static CallTold of(CallResult result, Task task) {
    return switch (result) {
      case CallResult.Answered answered -> {
        String outcome = answered.outcome().name().toLowerCase(Locale.ROOT);
        yield told(
            "The call " + outcome,
            outcome.equals("unknown")
                ? "It may have happened. Look at the system itself, then say what you found."
                : answered.detail(),
            Badge.word(outcome),
            content(answered.result()),
            Optional.of(call(task, answered.call().value())));
      }
      case CallResult.Joined(var first) ->
          told(
              "This call was made a moment ago",
              "Nothing was sent again.",
              Badge.word("done"),
              List.of(),
              Optional.of(call(task, first.value())));
      case CallResult.Waiting(ProposalId handle, var from, var ignored) ->
          waiting(handle, task).with("It waits for " + String.join(" and ", from) + ".");
      case CallResult.Refused(var call, var reason) ->
          told(
              "The call was refused",
              "Nothing was sent: " + reason.agentCode() + ".",
              Badge.word("refused"),
              List.of(),
              Optional.of(call(task, call.value())));
      case CallResult.InvalidArguments(String message) ->
          refused("The arguments do not fit", message);
      case CallResult.TooMany many ->
          refused(
              "The call names too many targets",
              "It names " + many.named() + "; one call touches at most " + many.atMost() + ".");
      case CallResult.Ended(var ignored, var state, String why) ->
          told(
              "Nobody granted it",
              why.isBlank() ? "Make the call again to ask anew." : why,
              Badge.of(state),
              List.of(),
              Optional.empty());
      case CallResult.Planned ignored -> throw noPlans();
      case CallResult.NoPlan ignored -> throw noPlans();
      case CallResult.UnknownTool ignored ->
          refused("This tool is not yours to use here", "Nothing was sent.");
    };
  }

  private static CallTold refused(String title, String why) {
    return told(title, why, Badge.word("refused"), List.of(), Optional.empty());
  }

  private static IllegalStateException noPlans() {
    return new IllegalStateException("people make calls one by one");
  }

  static CallTold waiting(ProposalId handle, Task task) {
    String tenant = task.tenant().value();
    return new CallTold(
        "Your call waits for others",
        "Others answer for it; you do not. Go on when they have.",
        Badge.word("proposed"),
        List.of(),
        Optional.empty(),
        Optional.of("/console/card/" + tenant + "/" + handle.value()),
        Optional.of(TaskView.path(task.tenant(), task.id()) + "/waits/" + handle.value()));
  }

  private CallTold with(String first) {
    return new CallTold(heading, first + " " + words, badge, answer, call, card, waits);
  }

  private static CallTold told(
      String heading, String words, Badge badge, List<String> answer, Optional<String> call) {
    return new CallTold(heading, words, badge, answer, call, Optional.empty(), Optional.empty());
  }

  private static String call(Task task, String call) {
    return "/console/call/" + task.tenant().value() + "/" + call;
  }

  private static List<String> content(Value.Obj result) {
    var texts = new ArrayList<String>();
    for (var item : result.items("content")) {
      texts.add(
          item instanceof Value.Obj part
              ? part.text("text").orElseGet(() -> Json.text(part))
              : Json.text(item));
    }
    return texts;
  }
}
