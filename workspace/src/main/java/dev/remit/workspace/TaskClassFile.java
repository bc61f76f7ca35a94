package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskClass.Limits;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import dev.remit.policy.References;
import dev.remit.workspace.Names.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 */
record TaskClassFile(
    TaskClass taskClass,
    Map<String, Origin> origins,
    Map<String, Origin> toolOrigins,
    Map<String, Origin> references) {
  private static final Form GRADE = Form.oneOf("observe", "low", "high", "destructive");
  private static final Form TOOL =
      Form.matching("the name of a tool", "x_x", "[a-z][a-z0-9]*_[a-z0-9_]{1,80}");
  private static final Form RATE = Form.matching("a rate such as 20/h", "1/h", "[1-9][0-9]{0,5}/h");
  private static final Form CONDITION =
      new Form("a cedar expression", "true", text -> !text.isBlank() && text.length() <= 4_096);

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
    var limits = limits(section);
    var origins = new HashMap<String, Origin>();
    var when = section.optionalText("when", CONDITION);
    origins.put(PolicySource.permitId(name), section.origin("when"));
    var ask = ask(section, name, names, origins);
    section.text("ground", Form.oneOf("ticket"));
    var serves = serves(section);
    section.close();
    var toolOrigins =
        tools.stream()
            .collect(
                Collectors.toMap(
                    Section.Located::text, Section.Located::origin, (first, second) -> first));
    return new TaskClassFile(
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
            List.copyOf(serves.keySet())),
        origins,
        toolOrigins,
        serves);
  }

  private static Limits limits(Section section) {
    var limits = section.section("limits");
    int calls = limits.positive("calls", 1_000_000);
    var duration = limits.duration("duration");
    var rate = limits.text("per-tenant", RATE);
    limits.close();
    return new Limits(calls, duration, Integer.parseInt(rate.substring(0, rate.length() - 2)));
  }

  private static List<AskRule> ask(
      Section section, String name, Names names, Map<String, Origin> origins) {
    var rules = new ArrayList<AskRule>();
    var ids = new HashSet<String>();
    int number = 0;
    for (var one : section.optionalSections("ask")) {
      number++;
      var id = name + "." + one.optionalText("id", Form.SLUG).orElse(Integer.toString(number));
      if (!ids.add(id)) {
        one.problem("id", "rule `" + id + "` is there twice");
      }
      var condition = one.text("if", CONDITION);
      var asking = Asking.read(one, names);
      one.close();
      origins.put(PolicySource.askId(id), one.origin("if"));
      rules.add(
          new AskRule(id, condition, asking.from(), asking.answerWithin(), asking.useWithin()));
    }
    return rules;
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
