package dev.remit.web.mcp;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remit's own tools as {@code tools/list} shows them, with closed schemas. */
final class OwnToolDefinitions {

  private static final Value.Obj NAME =
      Value.object("type", "string", "minLength", 1, "maxLength", 128);

  private OwnToolDefinitions() {}

  static Map<String, Value.Obj> all() {
    var all = new TreeMap<String, Value.Obj>();
    add(all, openTask());
    add(all, delegate());
    add(all, taskStatus());
    add(all, closeTask());
    add(all, proposePlan());
    add(all, continueCall());
    add(all, escalate());
    return Map.copyOf(all);
  }

  private static void add(Map<String, Value.Obj> all, Value.Obj definition) {
    all.put(definition.text("name").orElseThrow(), definition);
  }

  private static Value.Obj openTask() {
    return definition(
        "remit_open_task",
        "Open a task",
        "Opens the task that later calls belong to. It stands on an open ticket that a person"
            + " opened, and names the targets it is about. Returns the task's id and deadline.",
        false,
        Value.object(
            "taskClass", named("the kind of task, such as restart-service"),
            "ticket", named("the ticket's number in the ticket system"),
            "targets", list("targets as connector/kind/id, such as rmm/device/1042", 100, 400),
            "tools", list("tools to keep to; all of the task class when left out", 200, 128),
            "prompt", prompt("what you were asked to do, in words; recorded as a claim")),
        List.of("taskClass", "ticket", "targets"));
  }

  /** Opening a task as one of several agents, which must be named. */
  static Value.Obj ofSeveral(Value.Obj opening, List<String> agents) {
    var schema = opening.object("inputSchema").orElseThrow();
    var agent =
        Value.object(
            "type",
            "string",
            "enum",
            agents,
            "description",
            "as which agent, and so at which client: a task is of one");
    var required = new ArrayList<Value>(schema.items("required"));
    required.add(Value.of("agent"));
    return opening.with(
        "inputSchema",
        schema
            .with("properties", schema.object("properties").orElseThrow().with("agent", agent))
            .with("required", new Value.Array(required)));
  }

  private static Value.Obj delegate() {
    return definition(
        "remit_delegate",
        "Hand a part of a task to another agent",
        "Opens a task for another agent of this client below yours. It may do no more than your"
            + " task and that agent both may, its calls count as yours, and it ends when yours"
            + " ends. What you leave out becomes as much as both may have; what you name beyond"
            + " that is refused. Returns the new task's id: give it to the other agent.",
        false,
        Value.object(
            "parent", named("the id of your own task"),
            "agent", text("whom, as class/tenant/environment/family", 300),
            "taskClass", named("the kind of task that the other agent works on"),
            "targets",
                list("targets of your task, as connector/kind/id; none means none", 100, 400),
            "tools", list("tools of your task; all that both may use when left out", 200, 128),
            "calls",
                Value.object(
                    "type", "integer",
                    "minimum", 1,
                    "description", "how many calls it may make"),
            "deadline", text("when it ends, such as 2026-03-01T09:30:00Z", 40),
            "prompt", prompt("what the other agent is asked to do; recorded as a claim")),
        List.of("parent", "agent", "taskClass"));
  }

  private static Value.Obj taskStatus() {
    return definition(
        "remit_task_status",
        "Show a task",
        "Shows one task of yours, or all open ones when no task is named.",
        true,
        Value.object("task", named("the task's id")),
        List.of());
  }

  private static Value.Obj closeTask() {
    return definition(
        "remit_close_task",
        "Close a task",
        "Ends a task; it admits no call afterwards and every credential it held is taken away.",
        false,
        Value.object(
            "task", named("the task's id"),
            "state",
                Value.object(
                    "type", "string",
                    "enum", List.of("done", "failed"),
                    "description", "whether the work was done")),
        List.of("task", "state"));
  }

  private static Value.Obj escalate() {
    return definition(
        "remit_escalate",
        "Hand a task to people",
        "Hands a task over with its trail when you cannot or should not go on. It is held and"
            + " admits no call until a person lets it go on or takes it over.",
        false,
        Value.object(
            "task", named("the task's id"),
            "reason",
                Value.object(
                    "type",
                    "string",
                    "minLength",
                    1,
                    "maxLength",
                    2_000,
                    "description",
                    "why, in words; recorded as a claim")),
        List.of("task", "reason"));
  }

  private static Value.Obj proposePlan() {
    return definition(
        "remit_propose_plan",
        "Ask people about a plan",
        "Asks people to answer several calls as one, in their order. Nothing is sent. Returns a"
            + " handle: once it is granted remit_continue runs the steps exactly as they were"
            + " asked, and stops at the first that does not succeed.",
        false,
        Value.object("task", named("the task's id"), "steps", PlanWire.schema()),
        List.of("steps"));
  }

  private static Value.Obj continueCall() {
    return definition(
        "remit_continue",
        "Continue a call that waited",
        "Runs a call that waited for people, exactly as they granted it, or says where it stands."
            + " Asked again it returns the same outcome. With `waitSeconds` it waits for people"
            + " and goes on as soon as they answered.",
        false,
        Value.object(
            "handle",
            named("the handle that the waiting call returned"),
            "waitSeconds",
            Value.object(
                "type",
                "integer",
                "minimum",
                0,
                "maximum",
                OwnTools.LONGEST_WAIT,
                "description",
                "how long to wait for people before saying that it still waits")),
        List.of("handle"));
  }

  private static Value.Obj definition(
      String name,
      String title,
      String description,
      boolean isReadOnly,
      Value.Obj properties,
      List<String> required) {
    return Value.object(
        "name", name,
        "title", title,
        "description", description,
        "inputSchema",
            Value.object(
                "type",
                "object",
                "properties",
                properties,
                "required",
                required,
                "additionalProperties",
                false),
        "annotations",
            Value.object("title", title, "readOnlyHint", isReadOnly, "destructiveHint", false));
  }

  private static Value.Obj named(String description) {
    return NAME.with("description", Value.of(description));
  }

  private static Value.Obj prompt(String description) {
    return text(description, 100_000);
  }

  private static Value.Obj text(String description, int longest) {
    return Value.object(
        "type", "string", "minLength", 1, "maxLength", longest, "description", description);
  }

  private static Value.Obj list(String description, int most, int longest) {
    return Value.object(
        "type",
        "array",
        "maxItems",
        most,
        "items",
        Value.object("type", "string", "minLength", 1, "maxLength", longest),
        "description",
        description);
  }
}
