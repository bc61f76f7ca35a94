package dev.remit.web.people;

import static dev.remit.core.identity.PersonFunction.ADMINISTER;
import static dev.remit.core.identity.PersonFunction.APPROVE;
import static dev.remit.core.identity.PersonFunction.OPERATE;
import static dev.remit.core.identity.PersonFunction.OVERSEE;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.http.Refusal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Who of the people may do what where: verb × function × organisation × tenant, the one table that
 * the JSON API and the console ask.
 *
 * <p>It opens doors and gives nothing away: what needs a signature needs it behind the door too,
 * and whether somebody's answer counts is {@code core/flow}'s to say. Silence is a no.
 */
public final class Rights {

  /** What can be done on the people's listener. */
  public enum Verb {
    /** One's own name, keys and sessions. */
    SELF,
    /** Proposals of a tenant, and their cards. */
    READ_PROPOSALS,
    /** Answer a proposal; behind it stand the rule, the key and the separation of functions. */
    ANSWER,
    /** Take back what waits for people at a tenant, or was granted and is not used. */
    WITHDRAW,
    /** Tasks of a tenant. */
    READ_TASKS,
    /** The trail and the evidence of a tenant. */
    READ_TRAIL,
    /** Agents, leases, kills and posture of the whole installation. */
    READ_INSTALLATION,
    /** How much is asked of people, and how they answer: figures about persons. */
    READ_FATIGUE,
    /** What policy would say. */
    ASK_POLICY,
    /** Hold, resume, take over and end tasks of a tenant. */
    OPERATE,
    /** Open tasks of one's own at a tenant, and make calls in them. */
    WORK,
    /** Stop everything of one tenant, and ask that it goes on. */
    KILL_TENANT,
    /** Stop an agent, a class, a connector or everything, and ask that it goes on. */
    KILL_ANY,
    /** What waits to be certified at a tenant, and how far its agents go alone. */
    READ_OVERSIGHT,
    /** Certify what was done at a tenant. */
    CERTIFY,
    /** Ask that an agent go further alone; others answer. */
    PROMOTE,
    /** Order legal holds, and ask that one be lifted or a body erased; others answer. */
    KEEP,
    /** Ask that a class of agents works; its owner and another person answer. */
    LAUNCH_AGENT,
    /** Suspend a class of agents, or retire it. */
    STOP_AGENT,
    /** Say that one's own agents are as they should be; behind it stands who owns them. */
    CERTIFY_AGENT,
    /** Note that a person is gone. */
    TELL_GONE
  }

  private static final Set<PersonFunction> ANY = EnumSet.allOf(PersonFunction.class);

  /** Which functions do what; {@link Verb#SELF} needs none. */
  private static final Map<Verb, Set<PersonFunction>> MSP =
      Map.ofEntries(
          Map.entry(Verb.SELF, Set.of()),
          Map.entry(Verb.READ_PROPOSALS, Set.of(APPROVE, OPERATE, OVERSEE, ADMINISTER)),
          Map.entry(Verb.ANSWER, Set.of(APPROVE, ADMINISTER, OVERSEE)),
          Map.entry(Verb.WITHDRAW, Set.of(OPERATE)),
          Map.entry(Verb.READ_TASKS, ANY),
          Map.entry(Verb.READ_TRAIL, ANY),
          Map.entry(Verb.READ_INSTALLATION, ANY),
          Map.entry(Verb.READ_FATIGUE, Set.of(APPROVE, OVERSEE, ADMINISTER)),
          Map.entry(Verb.ASK_POLICY, ANY),
          Map.entry(Verb.OPERATE, Set.of(OPERATE)),
          Map.entry(Verb.WORK, Set.of(OPERATE)),
          Map.entry(Verb.KILL_TENANT, Set.of(OPERATE)),
          Map.entry(Verb.KILL_ANY, Set.of(OPERATE)),
          Map.entry(Verb.READ_OVERSIGHT, ANY),
          Map.entry(Verb.PROMOTE, Set.of(OVERSEE, OPERATE, ADMINISTER)),
          Map.entry(Verb.KEEP, Set.of(OVERSEE, OPERATE, ADMINISTER)),
          Map.entry(Verb.LAUNCH_AGENT, Set.of(OVERSEE, OPERATE, ADMINISTER)),
          Map.entry(Verb.STOP_AGENT, Set.of(OVERSEE, OPERATE, ADMINISTER)),
          Map.entry(Verb.CERTIFY_AGENT, ANY),
          Map.entry(Verb.TELL_GONE, Set.of(ADMINISTER)),
          Map.entry(Verb.CERTIFY, Set.of(OVERSEE)));

  private static final Set<Verb> CLIENT =
      EnumSet.of(
          Verb.SELF,
          Verb.READ_PROPOSALS,
          Verb.ANSWER,
          Verb.READ_TASKS,
          Verb.READ_TRAIL,
          Verb.READ_OVERSIGHT,
          Verb.KEEP,
          Verb.KILL_TENANT);

  /** What the machine administrator's token does: it reads and stops, and never answers. */
  static final Set<Verb> OF_OPERATOR =
      EnumSet.of(
          Verb.READ_PROPOSALS,
          Verb.WITHDRAW,
          Verb.READ_TASKS,
          Verb.READ_TRAIL,
          Verb.READ_OVERSIGHT,
          Verb.READ_INSTALLATION,
          Verb.READ_FATIGUE,
          Verb.ASK_POLICY,
          Verb.KILL_TENANT,
          Verb.KILL_ANY,
          Verb.STOP_AGENT,
          Verb.TELL_GONE);

  /** What a command line does that a person let act for them: it never answers or certifies. */
  static final Set<Verb> OF_CLI =
      EnumSet.of(
          Verb.SELF,
          Verb.READ_PROPOSALS,
          Verb.READ_TASKS,
          Verb.READ_TRAIL,
          Verb.READ_INSTALLATION,
          Verb.READ_FATIGUE,
          Verb.ASK_POLICY,
          Verb.OPERATE,
          Verb.WORK,
          Verb.KEEP,
          Verb.KILL_TENANT,
          Verb.KILL_ANY,
          Verb.STOP_AGENT,
          Verb.TELL_GONE);

  private static final Set<Verb> OF_INSTALLATION =
      EnumSet.of(
          Verb.READ_INSTALLATION,
          Verb.READ_FATIGUE,
          Verb.ASK_POLICY,
          Verb.KILL_ANY,
          Verb.LAUNCH_AGENT,
          Verb.STOP_AGENT,
          Verb.CERTIFY_AGENT,
          Verb.TELL_GONE);

  private final People people;

  /** The rights under a policy version. */
  public Rights(People people) {
    this.people = people;
  }

  /** Whether this person may do this at this tenant. */
  public boolean may(Person person, Verb verb, TenantId tenant) {
    if (!isVouchedFor(person)) {
      return false;
    }
    if (verb == Verb.SELF) {
      return true;
    }
    var held = people.functionsOf(person, tenant);
    return !held.isEmpty()
        && switch (person.organisation()) {
          case Organisation.Msp() -> held.stream().anyMatch(functions(verb)::contains);
          case Organisation.Client(TenantId own) -> own.equals(tenant) && CLIENT.contains(verb);
        };
  }

  /** Whether this person may do what concerns no single tenant; never one of a client. */
  public boolean may(Person person, Verb verb) {
    return verb == Verb.SELF
        ? isVouchedFor(person)
        : OF_INSTALLATION.contains(verb)
            && person.organisation() instanceof Organisation.Msp
            && may(person, verb, TenantId.OPERATOR);
  }

  /** Refuses what the person or the kind of the session may not do. */
  void require(Session session, Verb verb, TenantId tenant) {
    requireKind(session, verb);
    require(session.person(), verb, tenant);
  }

  /** Refuses what the person or the kind of the session may not do. */
  void require(Session session, Verb verb) {
    requireKind(session, verb);
    require(session.person(), verb);
  }

  private static void requireKind(Session session, Verb verb) {
    boolean isEnough =
        switch (session.kind()) {
          case BROWSER -> true;
          case CLI -> OF_CLI.contains(verb);
        };
    if (!isEnough) {
      throw peopleOnly();
    }
  }

  /** Refuses what {@link #may} denies. A tenant that is not one's own is not found. */
  public void require(Person person, Verb verb, TenantId tenant) {
    if (may(person, verb, tenant)) {
      return;
    }
    if (person.organisation() instanceof Organisation.Client(TenantId own) && !own.equals(tenant)) {
      throw Refusal.notFound();
    }
    throw notYours();
  }

  /** Refuses what {@link #may} denies. */
  public void require(Person person, Verb verb) {
    if (!may(person, verb)) {
      throw notYours();
    }
  }

  private boolean isVouchedFor(Person person) {
    return people
        .organisationOf(person.id().issuer())
        .filter(person.organisation()::equals)
        .isPresent();
  }

  private static Set<PersonFunction> functions(Verb verb) {
    return MSP.getOrDefault(verb, Set.of());
  }

  static Refusal peopleOnly() {
    return new Refusal(403, "people-only", "a person does this, signed in, and no token");
  }

  private static Refusal notYours() {
    return new Refusal(
        403, "not-yours", "none of your functions does this; ask an administrator who has it");
  }
}
