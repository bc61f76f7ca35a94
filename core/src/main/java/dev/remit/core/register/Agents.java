package dev.remit.core.register;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The register as people read and work it. Who may ask for what is the caller's to hold; that an
 * owner's signature is an owner's is held here.
 */
public interface Agents {

  /** Every class of the version in force, by name. */
  List<Shown> all();

  /** One of them. */
  Optional<Shown> find(AgentClassId agentClass);

  /** What keeps a class from being launched; it runs its scenarios. */
  List<String> objections(AgentClassId agentClass);

  /** Asks that a class works; its owner and another person answer. */
  Launch launch(Person person, AgentClassId agentClass, String reason);

  /** Suspends an active class at once; it comes back by {@link #launch}. */
  Stop suspend(String by, AgentClassId agentClass, String reason);

  /** Retires a class at once and for good. */
  Stop retire(String by, AgentClassId agentClass, String reason);

  /** What the owner's key has to sign to say that a class is as it should be. */
  Asking toCertify(Person person, AgentClassId agentClass);

  /** Takes the owner's signature. */
  Stop certify(Person person, AgentClassId agentClass, Assertion assertion);

  /** Notes that a person is gone for good: what the person owns is suspended. */
  Stop gone(String by, PersonId who, String reason);

  /** What a class might do and did not within so many days; empty when there is no such class. */
  Optional<UnusedAuthority> unused(AgentClassId agentClass, int days);

  /**
   * A class as it stands.
   *
   * @param state {@link AgentState#PROPOSED} also while it reaches further than people launched
   * @param row what is stored, if anything is
   * @param owner the one person who answers for it, if one is named
   * @param certifyBy until when the owner has to sign; absent for what does not work
   * @param missing what its definition lacks for a launch
   */
  record Shown(
      AgentClass agentClass,
      AgentState state,
      Optional<Registration> row,
      Optional<PersonId> owner,
      boolean isOwnerGone,
      Boundaries boundaries,
      Optional<Instant> certifyBy,
      List<String> missing) {
    public Shown {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Authority that was not used.
   *
   * @param isWhole whether it has been active for all of that time
   * @param taskClasses none of whose tools it used
   * @param tools not used, of those task classes that it used
   * @param tenants where it did nothing
   * @param identities that did nothing
   * @param diff what would take unused task classes and identities from it; never applied
   */
  record UnusedAuthority(
      AgentClassId agentClass,
      Instant since,
      boolean isWhole,
      Set<String> taskClasses,
      Map<String, Set<String>> tools,
      Set<String> tenants,
      Set<String> identities,
      Optional<String> diff) {
    public UnusedAuthority {
      taskClasses = Set.copyOf(taskClasses);
      tools = Map.copyOf(tools);
      tenants = Set.copyOf(tenants);
      identities = Set.copyOf(identities);
    }
  }

  /** What became of the wish to launch. */
  sealed interface Launch {}

  /** People have to answer. */
  record Asked(ProposalId proposal) implements Launch {}

  /** What became of an order or a signature. */
  sealed interface Stop {}

  /** It is so now. */
  record Done() implements Stop {}

  /** The answer to {@link #toCertify}. */
  sealed interface Asking {}

  /**
   * Sign this.
   *
   * @param challenge base64url without padding
   * @param digest of the boundaries that the signature is about
   * @param keys credential ids that may sign
   */
  record Sign(String challenge, String digest, List<String> keys) implements Asking {
    public Sign {
      keys = List.copyOf(keys);
    }
  }

  /** It is as it was; `why` in words for the person. */
  record NotDone(String why) implements Launch, Stop, Asking {}
}
