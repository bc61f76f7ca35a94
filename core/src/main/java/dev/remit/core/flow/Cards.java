package dev.remit.core.flow;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.AnswerChallenge;
import dev.remit.core.approval.Card;
import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Quorum;
import dev.remit.core.approval.Subject;
import dev.remit.core.approval.Verdict;
import dev.remit.core.identity.Person;
import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes of a proposal what one person reads of it. */
final class Cards {

  private final AnswerCheck check;

  Cards(AnswerCheck check) {
    this.check = check;
  }

  /** Somebody who reads, with the keys that could sign now. */
  record Reader(Person person, List<PersonKey> keys) {}

  Card of(Proposal proposal, List<Answer> answers, Reader reader, Release release, Instant now) {
    var eligibility = new Eligibility(release.people());
    var who = eligibility.who(reader.person(), proposal.tenant());
    var whyNot = whyNot(proposal, answers, reader, eligibility.objection(proposal, who, now), now);
    var facts = proposal.facts();
    var call = proposal.call();
    var wanted = proposal.ofAgent();
    return new Card(
        proposal.id(),
        proposal.tenant(),
        proposal.subject().kind(),
        proposal.digest(),
        proposal.stateAt(now),
        text(facts, "tenantName"),
        text(facts, "environment"),
        action(proposal.subject()),
        text(facts, "risk"),
        arguments(proposal.subject()),
        call.flatMap(one -> diff(one.arguments(), facts)),
        facts.items("targets").stream().flatMap(Cards::target).toList(),
        texts(facts.items("why")),
        text(facts, "ticket"),
        text(facts, "ticketSubject"),
        text(facts, "requester"),
        wanted.map(one -> worker(one, facts)).orElse(""),
        text(facts, "agentOwner"),
        wanted.map(one -> one.task().value()).orElse(""),
        facts.text("prompt").filter(prompt -> !prompt.isBlank()),
        Quorum.needs(proposal.rules(), check.votes(proposal, answers, Verdict.GRANT, release)),
        answers.stream().map(Cards::given).toList(),
        proposal.askedAt(),
        proposal.answerBy(),
        proposal.useBy(),
        whyNot.isEmpty(),
        whyNot,
        challenge(proposal, Verdict.GRANT, who, whyNot),
        challenge(proposal, Verdict.REFUSE, who, whyNot),
        reader.keys().stream().map(PersonKey::credentialId).toList(),
        proposal.plan().map(plan -> steps(plan, facts)).orElse(List.of()),
        proposal.stateAt(now).isLive()
            && WithdrawalDesk.isOperator(release.people(), reader.person(), proposal.tenant())
            && WithdrawalDesk.isOurs(proposal));
  }

  /** Why this reader may not answer now. */
  private static Optional<String> whyNot(
      Proposal proposal,
      List<Answer> answers,
      Reader reader,
      Optional<String> objection,
      Instant now) {
    if (proposal.stateAt(now) != Proposal.State.OPEN) {
      return Optional.of("it is not open any more");
    }
    if (objection.isPresent()) {
      return objection;
    }
    if (answers.stream().anyMatch(answer -> answer.person().equals(reader.person().id()))) {
      return Optional.of("you have answered");
    }
    return reader.keys().isEmpty()
        ? Optional.of("you have no key that counts yet")
        : Optional.empty();
  }

  private static Optional<String> challenge(
      Proposal proposal, Verdict verdict, Eligibility.Who who, Optional<String> whyNot) {
    byte[] bytes = AnswerChallenge.of(proposal, verdict, who.id(), who.groups());
    return whyNot.isPresent()
        ? Optional.empty()
        : Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Whose work it is; with everybody who handed it on, if somebody did. */
  private static String worker(Subject.OfAgent call, Value.Obj facts) {
    return call.instance()
        .person()
        .map("person "::concat)
        .or(() -> facts.text("worker").filter(words -> words.startsWith(call.agent().text())))
        .orElseGet(call.agent()::text);
  }

  private static String action(Subject subject) {
    return switch (subject) {
      case Subject.OfCall call -> call.tool();
      case Subject.OfPlan plan -> "a plan of " + plan.steps().size() + " steps";
      case Subject.OfStanding standing ->
          standing.tool() + ", up to " + standing.uses() + " times without asking again";
      case Subject.OfKey key -> "register a key of " + key.name();
      case Subject.OfLift lift -> "lift the kill of " + lift.scope();
      case Subject.OfBodies bodies ->
          (bodies.act() == Subject.OfBodies.Act.ERASE
                  ? "erase the body of entry "
                  : "lift the legal hold ")
              + bodies.what();
      case Subject.OfPromotion raise ->
          "raise " + raise.agentClass() + " to " + raise.to().text() + " in " + raise.taskClass();
      case Subject.OfLaunch launch -> "launch the agent " + launch.agentClass();
    };
  }

  private static Value.Obj arguments(Subject subject) {
    return switch (subject) {
      case Subject.OfCall call -> call.arguments();
      case Subject.OfPlan ignored -> Value.Obj.EMPTY;
      case Subject.OfStanding standing ->
          Value.object(
              "agent", standing.agent().text(),
              "taskClass", standing.taskClass(),
              "tool", standing.tool(),
              "arguments", standing.arguments(),
              "mayDiffer", Value.texts(standing.free().stream().sorted().toList()),
              "uses", standing.uses(),
              "until", standing.until().toString(),
              "askedBy", standing.asker().text(),
              "reason", standing.reason());
      case Subject.OfKey(PersonKey key, var name, var address) ->
          Value.object(
              "person", key.person().text(),
              "organisation", key.organisation().text(),
              "key", key.credentialId(),
              "label", key.label());
      case Subject.OfLift lift -> Value.object("scope", lift.scope(), "reason", lift.reason());
      case Subject.OfBodies bodies ->
          Value.object(
              "act", bodies.kind(),
              "tenant", bodies.tenant().value(),
              "what", bodies.what(),
              "reason", bodies.reason());
      case Subject.OfPromotion raise ->
          Value.object(
              "agentClass", raise.agentClass().value(),
              "taskClass", raise.taskClass(),
              "from", raise.from().text(),
              "to", raise.to().text(),
              "evidence", raise.evidence(),
              "evidenceUpToLeaf", raise.position(),
              "reason", raise.reason());
      case Subject.OfLaunch launch ->
          Value.object(
              "agentClass", launch.agentClass().value(),
              "owner", launch.owner().text(),
              "boundaries", launch.boundaries(),
              "askedBy", launch.asker().text(),
              "reason", launch.reason());
    };
  }

  /** A text that replaces the attribute of its one target that has the same name. */
  private static Optional<Card.Diff> diff(Value.Obj arguments, Value.Obj facts) {
    var targets = facts.items("targets");
    if (targets.size() != 1 || !(targets.getFirst() instanceof Value.Obj target)) {
      return Optional.empty();
    }
    var attributes = target.object("attributes").orElse(Value.Obj.EMPTY);
    return arguments.members().keySet().stream()
        .sorted()
        .filter(name -> arguments.text(name).isPresent())
        .flatMap(name ->
            attributes.text(name).stream()
                .map(before -> new Card.Diff(name, before, arguments.text(name).orElseThrow())))
        .findFirst();
  }

  /** Each step by what the proposal binds, with what was known of it when people were asked. */
  private static List<Card.Step> steps(Subject.OfPlan plan, Value.Obj facts) {
    var known = facts.items("steps");
    var steps = new ArrayList<Card.Step>();
    for (int i = 0; i < plan.steps().size(); i++) {
      var step = plan.steps().get(i);
      var seen = i < known.size() && known.get(i) instanceof Value.Obj one ? one : Value.Obj.EMPTY;
      steps.add(
          new Card.Step(
              step.tool(),
              text(seen, "risk"),
              !seen.get("isAsked").equals(Optional.of(Value.of(false))),
              step.arguments(),
              diff(step.arguments(), seen),
              seen.items("targets").stream().flatMap(Cards::target).toList(),
              step.changes().stream()
                  .map(change -> change.target() + ": " + change.attribute())
                  .toList()));
    }
    return List.copyOf(steps);
  }

  private static java.util.stream.Stream<Card.Target> target(Value value) {
    return value instanceof Value.Obj target
        ? java.util.stream.Stream.of(
            new Card.Target(
                text(target, "kind"),
                text(target, "id"),
                target.object("attributes").orElse(Value.Obj.EMPTY),
                Set.copyOf(texts(target.items("binding")))))
        : java.util.stream.Stream.empty();
  }

  private static Card.Given given(Answer answer) {
    return new Card.Given(
        answer.name(),
        answer.organisation().text(),
        answer.verdict(),
        answer.reason(),
        answer.at());
  }

  private static String text(Value.Obj facts, String name) {
    return facts.text(name).orElse("");
  }

  private static List<String> texts(List<Value> values) {
    return values.stream()
        .filter(Value.Text.class::isInstance)
        .map(Value.Text.class::cast)
        .map(Value.Text::value)
        .collect(Collectors.toList());
  }
}
