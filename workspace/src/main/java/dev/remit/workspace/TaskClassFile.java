package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.core.task.TaskClass;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import dev.remit.policy.References;
import dev.remit.workspace.Names.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code tasks/NAME.yaml}: a task class in plain terms.
 *
 * @param origins where its conditions are written, by the id of the policy they become
 * @param toolOrigins where its tools are named
 * @param references the references of {@code serves}, and where they are written
 * @param exceptions the rules that an exception may lift, and the longest it may be in force
 * @param vary what tenants may have otherwise
 */
record TaskClassFile(
    TaskClass taskClass,
    Map<String, Origin> origins,
    Map<String, Origin> toolOrigins,
    Map<String, Origin> references,
    Map<String, Duration> exceptions,
    Vary vary) {
  private static final Form GRADE = Form.oneOf("observe", "low", "high", "destructive");
  static final Form TOOL =
      Form.matching("the name of a tool", "x_x", "[a-z][a-z0-9]*_[a-z0-9_]{1,80}");

  static TaskClassFile read(Section section, Names names) {
    var name = section.text("task", Form.SLUG);
    names.declare(Kind.TASK_CLASS, name, section.origin("task"));
    var why = section.text("why", Form.PROSE);
    var owner = section.text("owner", Form.SLUG);
    names.refer(Kind.OWNER, owner, section.origin("owner"));
    var risk = Grade.parse(section.text("risk", GRADE));
    var tools = section.texts("tools", TOOL);
    tools.forEach(tool -> names.refer(Kind.TOOL, tool.text(), tool.origin()));
    var targets = section.section("targets");
    var kind = targets.text("kind", ConnectorFile.KIND);
    names.refer(Kind.TARGET_KIND, kind, targets.origin("kind"));
    int atMost = targets.positive("at-most", 100);
    var seenWithin = targets.duration("seen-within");
    targets.close();
    var limits = LimitReader.ofClass(section.section("limits"), name, names);
    var origins = new HashMap<String, Origin>();
    var when = section.optionalText("when", AskReader.CONDITION);
    origins.put(PolicySource.permitId(name), section.origin("when"));
    origins.put(PolicySource.classId(name), section.origin("task"));
    var exceptions = new HashMap<String, Duration>();
    var ask = new AskReader(names, origins, exceptions).read(section, name);
    section.text("ground", Form.oneOf("ticket"));
    var serves = serves(section);
    var toolOrigins =
        tools.stream()
            .collect(
                Collectors.toMap(
                    Section.Located::text, Section.Located::origin, (first, second) -> first));
    var taskClass =
        new TaskClass(
            name,
            why,
            owner,
            risk,
            toolOrigins.keySet(),
            kind,
            atMost,
            seenWithin,
            limits,
            when,
            ask,
            List.copyOf(serves.keySet()));
    var vary = Vary.read(section, taskClass);
    section.close();
    return new TaskClassFile(taskClass, origins, toolOrigins, serves, exceptions, vary);
  }

  private static Map<String, Origin> serves(Section section) {
    var serves = new LinkedHashMap<String, Origin>();
    for (var reference : section.optionalTexts("serves", Form.WORDS)) {
      serves.put(reference.text(), reference.origin());
      Optional<String> problem = References.problem(reference.text());
      problem.ifPresent(words -> section.problem(reference.origin(), words));
    }
    return serves;
  }
}
