package dev.remit.policy.reach;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Orchestrator;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Owners, orchestrators, overseers and stand-ins who would answer for themselves. */
final class SeparateAnswers {
  private static final String OURS = "msp.";
  private final PolicySource source;
  private final Release release;
  private final People people;
  private final Map<String, AskRule> rules;
  private final Findings.Draft findings;

  SeparateAnswers(CompiledPolicies policies, Findings.Draft findings) {
    this.source = policies.source();
    this.release = source.release();
    this.people = release.people();
    this.rules = policies.askRules();
    this.findings = findings;
  }

  void look() {
    release.agentClasses().values().stream()
        .sorted(Comparator.comparing(agentClass -> agentClass.id().value()))
        .forEach(this::agent);
    release.orchestrators().values().stream()
        .sorted(Comparator.comparing(orchestrator -> orchestrator.id().value()))
        .forEach(this::orchestrator);
    rules.values().stream().sorted(Comparator.comparing(AskRule::id)).forEach(this::standIns);
  }

  private Optional<People.Group> group(String name) {
    return Optional.ofNullable(people.groups().get(name));
  }

  /** Whether two names stand for the same people. */
  private boolean isSame(String one, String other) {
    return group(one).isPresent()
        && group(one)
            .map(SeparateAnswers::members)
            .equals(group(other).map(SeparateAnswers::members));
  }

  private static String members(People.Group group) {
    return SeparateGroups.members(group.issuer(), group.group());
  }

  private static Optional<String> ours(TaskClass.Answers answers) {
    return answers.group().startsWith(OURS)
        ? Optional.of(answers.group().substring(OURS.length()))
        : Optional.empty();
  }

  /** Rules that ask in these task classes, as tenants vary them, and those of guardrails. */
  private List<AskRule> rulesOf(Collection<String> taskClasses, boolean isGuarded) {
    var all = new ArrayList<AskRule>();
    for (var name : taskClasses) {
      var taskClass = release.taskClasses().get(name);
      if (taskClass != null) {
        all.addAll(taskClass.ask());
        source.variations().stream()
            .filter(variation -> variation.taskClass().equals(name))
            .forEach(variation -> all.addAll(variation.ask()));
      }
    }
    if (isGuarded) {
      rules.values().stream()
          .filter(rule -> rule.id().startsWith("remit."))
          .min(Comparator.comparing(AskRule::id))
          .ifPresent(all::add);
    }
    return all.stream().sorted(Comparator.comparing(AskRule::id)).distinct().toList();
  }

  private void agent(AgentClass agent) {
    var owner = agent.owner();
    var at =
        source
            .origins()
            .getOrDefault(
                PolicySource.agentId(agent.id().value()),
                new Origin("agents/" + agent.id() + ".yaml", 1));
    for (var rule : rulesOf(agent.taskClasses(), true)) {
      rule.from().stream()
          .flatMap(answers -> ours(answers).stream())
          .filter(name -> isSame(name, owner))
          .findFirst()
          .ifPresent(name -> answersForOwn(agent, rule, name, at));
    }
    if (isOverseer(owner) && overseers().noneMatch(name -> !isSame(name, owner))) {
      findings.error(
          at,
          "`"
              + owner
              + "` owns `"
              + agent.id()
              + "` and is the only group that holds `oversee`: nobody is left to certify what it"
              + " did; make another group of overseers, or another owner");
    }
  }

  private void answersForOwn(AgentClass agent, AskRule rule, String name, Origin at) {
    boolean hasOther =
        group(name)
            .flatMap(People.Group::standIn)
            .filter(standIn -> !isSame(standIn.group(), agent.owner()))
            .isPresent();
    var words =
        "rule `"
            + rule.id()
            + "` waits for `"
            + name
            + "`, who own `"
            + agent.id()
            + "` and never answer for it";
    if (hasOther) {
      findings.warning(at, words + "; only who stands in is left");
    } else {
      findings.error(at, words + ": nobody is left to answer; ask another group");
    }
  }

  private boolean isOverseer(String name) {
    return group(name)
        .filter(group -> group.functions().contains(PersonFunction.OVERSEE))
        .isPresent();
  }

  private Stream<String> overseers() {
    return people.groups().keySet().stream().filter(this::isOverseer);
  }

  private void orchestrator(Orchestrator orchestrator) {
    var at =
        source
            .origins()
            .getOrDefault(
                PolicySource.orchestratorId(orchestrator.id().value()),
                new Origin("remit.yaml", 1));
    var owner = orchestrator.owner();
    var answered =
        rulesOf(orchestrator.taskClasses(), true).stream()
            .filter(rule ->
                rule.from().stream()
                    .flatMap(answers -> ours(answers).stream())
                    .flatMap(name -> Stream.concat(Stream.of(name), standIn(name).stream()))
                    .anyMatch(name -> isSame(name, owner)))
            .map(AskRule::id)
            .findFirst();
    if (answered.isPresent()) {
      findings.error(
          at,
          "`"
              + owner
              + "` owns orchestrator `"
              + orchestrator.id()
              + "` and answers rule `"
              + answered.get()
              + "` of tasks that it opens; give it another owner, or ask another group");
    } else if (group(owner)
        .filter(group -> group.functions().contains(PersonFunction.APPROVE))
        .isPresent()) {
      findings.warning(
          at,
          "`"
              + owner
              + "` owns orchestrator `"
              + orchestrator.id()
              + "` and holds `approve`; no rule asks it yet");
    }
  }

  private Optional<String> standIn(String name) {
    return group(name).flatMap(People.Group::standIn).map(People.StandIn::group);
  }

  /** Two groups of one rule are two pairs of eyes only while nobody stands for both. */
  private void standIns(AskRule rule) {
    var names = rule.from().stream().flatMap(answers -> ours(answers).stream()).toList();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        both(rule, names.get(i), names.get(j));
      }
    }
  }

  private void both(AskRule rule, String one, String other) {
    var words = "rule `" + rule.id() + "` wants `" + one + "` and `" + other + "`, ";
    if (isSame(one, other)) {
      findings.error(SeparateGroups.at(source, other), words + "who are the same people");
      return;
    }
    var first = standIn(one);
    var second = standIn(other);
    if (first.filter(name -> isSame(name, other)).isPresent()
        || second.filter(name -> isSame(name, one)).isPresent()) {
      findings.error(
          SeparateGroups.at(source, first.isPresent() ? one : other),
          words + "and one stands in for the other: one group could answer alone; choose another");
    } else if (first.isPresent() && second.isPresent() && isSame(first.get(), second.get())) {
      findings.error(
          SeparateGroups.at(source, other),
          words + "and `" + first.get() + "` stands in for both; choose another for one of them");
    }
  }
}
