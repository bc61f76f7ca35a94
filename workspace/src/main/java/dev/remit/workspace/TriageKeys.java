package dev.remit.workspace;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.task.TaskClass;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import java.util.List;
import java.util.function.Consumer;

/** {@code tenants} of an identity: one workload that looks at several clients and does no more. */
final class TriageKeys {

  /** Where an agent says that it spans clients. */
  record Spanning(AgentClassId agentClass, Origin at) {}

  private TriageKeys() {}

  static List<Section.Located> tenants(Section one) {
    if (one.has("tenant")) {
      one.problem("tenant", "an identity has either `tenant` or `tenants`; remove one");
      one.any("tenant");
    }
    var tenants = one.texts("tenants", Form.SLUG);
    if (tenants.size() < 2) {
      one.problem("tenants", "`tenants` names two clients or more; for one write `tenant`");
    }
    return tenants.isEmpty() ? List.of(new Section.Located("x", one.origin("tenants"))) : tenants;
  }

  static void check(Section one, GradeFamily family, WorkloadProof proof) {
    if (family != GradeFamily.OBSERVE) {
      one.problem(
          "family",
          "an identity of several `tenants` only looks: its family is `observe`, not `"
              + family.text()
              + "`");
    }
    if (proof.acceptsUnbound()) {
      one.problem(
          "bearer", "an identity of several `tenants` shows a key on every call; remove `bearer`");
    }
  }

  /** Each task class of such an agent is of the risk observe, and so is each tool it names. */
  static void check(
      List<Spanning> all,
      List<AgentClass> agents,
      List<TaskClass> classes,
      Consumer<Diagnostic> problems) {
    for (var one : all) {
      agents.stream()
          .filter(agent -> agent.id().equals(one.agentClass()))
          .flatMap(agent -> agent.taskClasses().stream())
          .sorted()
          .flatMap(name -> classes.stream().filter(known -> known.name().equals(name)))
          .filter(known -> known.risk() != Grade.OBSERVE)
          .forEach(known ->
              problems.accept(
                  new Diagnostic(
                      one.at().file(),
                      one.at().line(),
                      "an agent of several `tenants` only looks, and its task class `"
                          + known.name()
                          + "` has the risk `"
                          + known.risk().text()
                          + "`; name classes of the risk `observe`")));
    }
  }
}
