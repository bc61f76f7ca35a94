package dev.remit.policy.lint;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.core.value.Value;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.Levels;
import dev.remit.policy.lint.Known.Anything;
import dev.remit.policy.lint.Known.Between;
import dev.remit.policy.lint.Known.OneOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A tool used in a task class that names it: what a call of it always has. */
record Situation(Release release, TaskClass taskClass, Tool tool) {

  /** Every tool in every class that names it. */
  static List<Situation> all(Release release) {
    var all = new ArrayList<Situation>();
    for (var taskClass : release.taskClasses().values()) {
      taskClass.tools().stream()
          .sorted()
          .map(release.tools()::get)
          .filter(Objects::nonNull)
          .forEach(tool -> all.add(new Situation(release, taskClass, tool)));
    }
    return all;
  }

  /** Whether the head of a policy can match, and its class is this one. */
  boolean concerns(CompiledPolicy policy) {
    return policy.concernsTool(tool) && policy.concernsTaskClass(taskClass.name());
  }

  /** What is known of a fact. */
  Known fact(String path) {
    return switch (path) {
      case "context.task.class" -> Known.text(taskClass.name());
      case "context.task.risk" -> Known.number(Levels.of(taskClass.risk()));
      case "context.task.namesTool" -> Known.TRUE;
      case "context.task.targets" -> new Between(0, taskClass.targetsAtMost());
      case "context.task.ageSeconds" -> new Between(0, taskClass.limits().duration().toSeconds());
      case "context.tool.name" -> Known.text(tool.name());
      case "context.tool.connector" -> Known.text(tool.connector().value());
      case "context.tool.effect" -> Known.number(Levels.of(tool.effect()));
      case "context.tool.grade" -> Known.text(tool.effect().text());
      case "context.tool.family" -> Known.number(Levels.of(tool.effect().family()));
      case "context.tool.contentTrusted" -> Known.of(tool.isContentTrusted());
      case "context.tool.scopeTruth" -> scopeTruth();
      case "context.environment", "principal.environment" ->
          new OneOf(Set.of("production", "staging", "test"));
      case "principal.family" -> new Between(0, 2);
      default -> path.startsWith("context.arguments") ? argument(path) : new Anything();
    };
  }

  boolean isEffect() {
    return tool.effect() != Grade.OBSERVE;
  }

  private Known scopeTruth() {
    var connector = release.connectors().get(tool.connector());
    return connector == null ? new Anything() : Known.text(connector.scopeTruth().text());
  }

  /** What the schema of arguments says: they are checked against it before anything is decided. */
  private Known argument(String path) {
    if (path.startsWith("context.arguments has ")) {
      var name = Value.of(path.substring("context.arguments has ".length()));
      return tool.inputSchema().items("required").contains(name) ? Known.TRUE : new Anything();
    }
    var name = path.substring("context.arguments".length()).replaceFirst("^\\.", "");
    var schema =
        tool.inputSchema()
            .object("properties")
            .flatMap(all -> all.object(name))
            .orElse(Value.Obj.EMPTY);
    var texts =
        schema.items("enum").stream()
            .filter(Value.Text.class::isInstance)
            .map(item -> ((Value.Text) item).value())
            .collect(Collectors.toSet());
    if (!texts.isEmpty()) {
      return new OneOf(texts);
    }
    return schema.text("type").filter("integer"::equals).isPresent()
        ? new Between(bound(schema, "minimum", -MOST), bound(schema, "maximum", MOST))
        : new Anything();
  }

  /** The largest number that arguments may hold. */
  private static final long MOST = 1L << 53;

  private static long bound(Value.Obj schema, String name, long otherwise) {
    return schema.get(name).orElse(Value.Null.NULL) instanceof Value.Int(long number)
        ? number
        : otherwise;
  }
}
