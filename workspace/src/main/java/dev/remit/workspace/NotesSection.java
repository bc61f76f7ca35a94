package dev.remit.workspace;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.NoteTerms;
import dev.remit.core.task.TaskClass;
import dev.remit.core.value.Value;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import dev.remit.workspace.Names.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code approvals: notes:} of {@code remit.yaml}: who notes in tickets that people are asked, and
 * by which tool.
 *
 * @param at where it stands
 */
record NotesSection(NoteTerms terms, Origin at) {
  private static final Form TOOL =
      Form.matching("a tool such as `psa_add_note`", "x_y", "[a-z][a-z0-9]{0,30}_[a-z0-9_]{1,96}");
  private static final Form ARGUMENT =
      Form.matching("an argument of the tool", "x", "[A-Za-z][A-Za-z0-9_-]{0,63}");

  static Optional<NotesSection> read(Section approvals, Names names) {
    return approvals
        .optionalSection("notes")
        .map(section -> new NotesSection(terms(section, names), section.origin()));
  }

  private static NoteTerms terms(Section section, Names names) {
    var agent = section.text("agent", Form.SLUG);
    names.refer(Kind.AGENT, agent, section.origin("agent"));
    var taskClass = section.text("task-class", Form.SLUG);
    names.refer(Kind.TASK_CLASS, taskClass, section.origin("task-class"));
    var tool = section.text("tool", TOOL);
    names.refer(Kind.TOOL, tool, section.origin("tool"));
    var terms =
        new NoteTerms(
            new AgentClassId(agent),
            taskClass,
            tool,
            section.text("ticket", ARGUMENT),
            section.text("text", ARGUMENT));
    section.close();
    return terms;
  }

  /** Tells what does not fit together; what is not declared is told elsewhere. */
  void check(
      List<AgentClass> agents,
      List<TaskClass> taskClasses,
      List<Tool> tools,
      Consumer<Diagnostic> problems) {
    agents.stream()
        .filter(agent -> agent.id().equals(terms.agent()))
        .flatMap(agent -> objection(agent).stream())
        .forEach(words -> tell(words, problems));
    taskClasses.stream()
        .filter(taskClass -> taskClass.name().equals(terms.taskClass()))
        .filter(taskClass -> !taskClass.tools().contains(terms.tool()))
        .map(taskClass ->
            "`%s` is no tool of `%s`; add it there".formatted(terms.tool(), taskClass.name()))
        .forEach(words -> tell(words, problems));
    tools.stream()
        .filter(tool -> tool.name().equals(terms.tool()))
        .flatMap(tool -> objection(tool).stream())
        .forEach(words -> tell(words, problems));
  }

  private Optional<String> objection(AgentClass agent) {
    if (!agent.isAutomation()) {
      return Optional.of(
          "`%s` is an agent with tokens; notes are Remit's own: add `automation: remit` to its file"
              .formatted(agent.id()));
    }
    return agent.taskClasses().contains(terms.taskClass())
        ? Optional.empty()
        : Optional.of(
            "`%s` may not work on `%s`; add it to its `task-classes`"
                .formatted(agent.id(), terms.taskClass()));
  }

  private Optional<String> objection(Tool tool) {
    if (tool.effect() != Grade.LOW) {
      return Optional.of(
          "`%s` has the effect `%s`; a note is `low`".formatted(tool.name(), tool.effect().text()));
    }
    boolean namesTicket =
        tool.targets().size() == 1 && tool.targets().getFirst().argument().equals(terms.ticket());
    if (!namesTicket) {
      return Optional.of(
          "`%s` does not act on `%s` alone; name the argument that is its one target"
              .formatted(tool.name(), terms.ticket()));
    }
    var properties = tool.inputSchema().object("properties").map(found -> found.members().keySet());
    boolean takesText = properties.filter(names -> names.contains(terms.text())).isPresent();
    boolean needsMore =
        tool.inputSchema().items("required").stream()
            .anyMatch(name ->
                !name.equals(Value.of(terms.ticket())) && !name.equals(Value.of(terms.text())));
    return takesText && !needsMore && !terms.text().equals(terms.ticket())
        ? Optional.empty()
        : Optional.of(
            "`%s` does not take a ticket and a text alone; name another tool"
                .formatted(tool.name()));
  }

  private void tell(String words, Consumer<Diagnostic> problems) {
    problems.accept(new Diagnostic(at.file(), at.line(), words));
  }
}
