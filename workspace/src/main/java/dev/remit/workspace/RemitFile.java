package dev.remit.workspace;

import dev.remit.core.identity.Orchestrator;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.KeyModels;
import dev.remit.core.release.OversightTerms;
import dev.remit.core.release.OwnSystems;
import dev.remit.core.release.OwnWork;
import dev.remit.core.release.People;
import dev.remit.core.release.PolicyPeers;
import dev.remit.core.release.Surroundings;
import dev.remit.core.task.Limit;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import dev.remit.policy.PolicySource.GuardrailAnswers;
import dev.remit.workspace.Names.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code remit.yaml}: the organisation, its people, issuers, orchestrators and standing approvals.
 *
 * @param peopleIssuers issuers that vouch for the organisation's own people
 * @param groups those people's groups by name
 * @param persons single persons by name
 * @param work what people of a group may work on by themselves, by the group's name
 * @param keyModels of which models people's new keys are
 * @param limits of the installation, over all task classes
 * @param delegationDepth how often agents may hand work on
 * @param oversight how executed effects are looked at afterwards
 * @param peers who else asks policy, and who else is asked
 * @param own systems that are Remit's own
 * @param notes how tickets tell that people are asked
 * @param origins where groups and orchestrators are written, by {@code PolicySource}'s ids
 */
record RemitFile(
    String organisation,
    String ticketConnector,
    Map<OrchestratorId, Orchestrator> orchestrators,
    GuardrailAnswers guardrailAnswers,
    List<AskRule> asks,
    Set<String> peopleIssuers,
    Map<String, People.Group> groups,
    Map<String, PersonId> persons,
    Map<String, OwnWork> work,
    KeyModels keyModels,
    OversightTerms oversight,
    List<Limit> limits,
    int delegationDepth,
    PolicyPeers peers,
    OwnSystems own,
    Optional<NotesSection> notes,
    Map<String, Origin> origins) {
  static final String NAME = "remit.yaml";
  private static final Form FUNCTION =
      Form.oneOf("approve", "operate", "oversee", "author", "administer");

  static RemitFile read(Section section, Names names, Identities identities) {
    var organisation = section.text("organisation", Form.SLUG);
    names.refer(Kind.OWNER, section.text("owner", Form.SLUG), section.origin("owner"));
    issuers(section, names);
    var groups = new HashMap<String, People.Group>();
    var persons = new HashMap<String, PersonId>();
    var work = new HashMap<String, OwnWork>();
    var peopleIssuers = people(section, names, groups, persons, work);
    var tickets = section.section("tickets");
    var ticketConnector = tickets.text("connector", Form.SLUG);
    names.refer(Kind.CONNECTOR, ticketConnector, tickets.origin("connector"));
    tickets.close();
    var orchestrators = orchestrators(section, names, identities);
    var approvals = section.section("approvals");
    var guardrails = approvals.section("guardrails");
    var asking = Asking.read(guardrails, names);
    guardrails.close();
    var asks = rules(approvals, names);
    var notes = NotesSection.read(approvals, names);
    approvals.close();
    var keyModels = KeysSection.read(section, names);
    var oversight = OversightSection.read(section);
    var limited = section.optionalSection("limits");
    int delegationDepth = limited.map(RemitFile::depth).orElse(Surroundings.USUAL_DEPTH);
    var limits = limited.map(found -> LimitReader.ofInstallation(found, names)).orElse(List.of());
    var peers = PeersSection.read(section, names, identities);
    var own = OwnSection.read(section, names);
    var origins = origins(section);
    section.close();
    return new RemitFile(
        organisation,
        ticketConnector,
        orchestrators,
        new GuardrailAnswers(asking.from(), asking.answerWithin(), asking.useWithin()),
        asks,
        peopleIssuers,
        groups,
        persons,
        work,
        keyModels,
        oversight,
        limits,
        delegationDepth,
        peers,
        own,
        notes,
        origins);
  }

  private static int depth(Section limits) {
    return limits.optionalCount("delegation-depth", 9).orElse(Surroundings.USUAL_DEPTH);
  }

  private static Map<String, Origin> origins(Section section) {
    var origins = new HashMap<String, Origin>();
    section
        .optionalSection("people")
        .flatMap(people -> people.optionalSection("groups"))
        .ifPresent(groups ->
            groups
                .names()
                .forEach(name -> origins.put(PolicySource.groupId(name), groups.origin(name))));
    section
        .optionalSection("orchestrators")
        .ifPresent(all ->
            all.names()
                .forEach(name -> origins.put(PolicySource.orchestratorId(name), all.origin(name))));
    origins.put(PolicySource.OWN, section.origin("own"));
    return origins;
  }

  private static void issuers(Section section, Names names) {
    var issuers = section.section("issuers");
    for (var issuer : issuers.texts("workloads", Form.PLAIN_NAME)) {
      names.declare(Kind.WORKLOAD_ISSUER, issuer.text(), issuer.origin());
    }
    for (var issuer : issuers.texts("people", Form.PLAIN_NAME)) {
      names.declare(Kind.PEOPLE_ISSUER, issuer.text(), issuer.origin());
    }
    issuers.close();
  }

  private static Set<String> people(
      Section section,
      Names names,
      Map<String, People.Group> groups,
      Map<String, PersonId> persons,
      Map<String, OwnWork> work) {
    var used = new LinkedHashSet<String>();
    var people = section.section("people");
    var standIns = new StandIns();
    people
        .named("groups", Form.SLUG)
        .forEach((name, group) -> {
          names.declare(Kind.OWNER, name, group.origin());
          names.declare(Kind.GROUP, name, group.origin());
          var issuer = issuer(group, names);
          used.add(issuer);
          var functions = functions(group);
          var standIn = standIns.ofGroup(name, group, names);
          groups.put(
              name, new People.Group(issuer, group.text("group", Form.SLUG), functions, standIn));
          OwnWorkKeys.read(group, names, functions).ifPresent(own -> work.put(name, own));
          group.close();
        });
    standIns.check(groups, people);
    if (people.has("persons")) {
      people
          .named("persons", Form.SLUG)
          .forEach((name, person) -> {
            names.declare(Kind.OWNER, name, person.origin());
            names.declare(Kind.PERSON, name, person.origin());
            var issuer = issuer(person, names);
            used.add(issuer);
            persons.put(name, new PersonId(issuer, person.text("subject", Form.SUBJECT)));
            person.texts("functions", FUNCTION);
            person.close();
          });
    }
    people.close();
    return used;
  }

  private static Set<PersonFunction> functions(Section group) {
    var functions = EnumSet.noneOf(PersonFunction.class);
    for (var function : group.texts("functions", FUNCTION)) {
      Arrays.stream(PersonFunction.values())
          .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(function.text()))
          .forEach(functions::add);
    }
    return functions;
  }

  private static String issuer(Section section, Names names) {
    var issuer = section.text("issuer", Form.PLAIN_NAME);
    names.refer(Kind.PEOPLE_ISSUER, issuer, section.origin("issuer"));
    return issuer;
  }

  private static Map<OrchestratorId, Orchestrator> orchestrators(
      Section section, Names names, Identities identities) {
    var all = new HashMap<OrchestratorId, Orchestrator>();
    if (!section.has("orchestrators")) {
      return all;
    }
    new LinkedHashMap<>(section.named("orchestrators", Form.SLUG))
        .forEach((name, one) -> {
          names.declare(Kind.ORCHESTRATOR, name, one.origin());
          var owner = one.text("owner", Form.SLUG);
          names.refer(Kind.OWNER, owner, one.origin("owner"));
          var proof = ProofKeys.read(one, "orchestrator " + name, names, identities);
          var taskClasses = one.texts("task-classes", Form.SLUG);
          taskClasses.forEach(t -> names.refer(Kind.TASK_CLASS, t.text(), t.origin()));
          one.close();
          var id = new OrchestratorId(name);
          all.put(
              id,
              new Orchestrator(
                  id,
                  owner,
                  proof,
                  taskClasses.stream()
                      .map(Section.Located::text)
                      .collect(java.util.stream.Collectors.toSet())));
        });
    return all;
  }

  /** Rules that hand-written policies ask by. */
  private static List<AskRule> rules(Section approvals, Names names) {
    var rules = new ArrayList<AskRule>();
    if (!approvals.has("rules")) {
      return rules;
    }
    approvals
        .named("rules", Form.SLUG)
        .forEach((name, rule) -> {
          var asking = Asking.read(rule, names);
          rule.close();
          rules.add(
              new AskRule(name, "true", asking.from(), asking.answerWithin(), asking.useWithin()));
        });
    return rules;
  }
}
