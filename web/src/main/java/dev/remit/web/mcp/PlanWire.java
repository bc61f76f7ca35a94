package dev.remit.web.mcp;

import dev.remit.core.approval.PlanStep;
import dev.remit.core.flow.PlanRequest;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.web.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code remit_propose_plan} as it is read: closed to names that are not listed. */
final class PlanWire {

  private static final int NAME = 128;
  private static final int TARGET = 400;
  private static final int MOST_CHANGES = 50;

  private PlanWire() {}

  /** The definition that {@code tools/list} shows. */
  static Value.Obj schema() {
    var change =
        Value.object(
            "type", "object",
            "properties",
                Value.object(
                    "target", Value.object("type", "string", "minLength", 1, "maxLength", TARGET),
                    "attribute", Value.object("type", "string", "minLength", 1, "maxLength", NAME)),
            "required", List.of("target", "attribute"),
            "additionalProperties", false);
    var step =
        Value.object(
            "type", "object",
            "properties",
                Value.object(
                    "tool", Value.object("type", "string", "minLength", 1, "maxLength", NAME),
                    "arguments", Value.object("type", "object"),
                    "changes",
                        Value.object(
                            "type", "array",
                            "maxItems", MOST_CHANGES,
                            "items", change,
                            "description",
                                "binding attributes of this step's targets that it changes, so that"
                                    + " later steps may find them changed")),
            "required", List.of("tool", "arguments"),
            "additionalProperties", false);
    return Value.object(
        "type", "array",
        "minItems", 1,
        "maxItems", PlanStep.MOST,
        "items", step,
        "description", "the calls, in the order in which they are to run");
  }

  static PlanRequest request(Caller.Agent caller, Value.Obj arguments) {
    var fields = new Fields(arguments, Set.of("task", "steps"));
    var items = arguments.items("steps");
    if (items.isEmpty() || items.size() > PlanStep.MOST) {
      throw new InvalidValueException("`steps` is a list of 1 to " + PlanStep.MOST + " calls");
    }
    var steps = new ArrayList<PlanRequest.Step>();
    for (var item : items) {
      steps.add(step(object(item, "steps")));
    }
    return new PlanRequest(caller, fields.optionalText("task", NAME).map(TaskId::new), steps);
  }

  private static PlanRequest.Step step(Value.Obj given) {
    var fields = new Fields(given, Set.of("tool", "arguments", "changes"));
    var changes = new ArrayList<PlanStep.Change>();
    if (given.get("changes").isPresent() && !(given.get("changes").get() instanceof Value.Array)) {
      throw new InvalidValueException("`changes` is a list");
    }
    if (given.items("changes").size() > MOST_CHANGES) {
      throw new InvalidValueException("a step has at most " + MOST_CHANGES + " `changes`");
    }
    for (var item : given.items("changes")) {
      var change = new Fields(object(item, "changes"), Set.of("target", "attribute"));
      changes.add(
          new PlanStep.Change(change.text("target", TARGET), change.text("attribute", NAME)));
    }
    return new PlanRequest.Step(fields.text("tool", NAME), fields.object("arguments"), changes);
  }

  private static Value.Obj object(Value item, String name) {
    if (item instanceof Value.Obj object) {
      return object;
    }
    throw new InvalidValueException("`" + name + "` holds objects");
  }
}
