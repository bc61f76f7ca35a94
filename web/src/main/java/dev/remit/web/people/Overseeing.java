package dev.remit.web.people;

import dev.remit.core.approval.Assertion;
import dev.remit.core.call.CallId;
import dev.remit.core.custody.Custody;
import dev.remit.core.evidence.Bodies.Hold;
import dev.remit.core.identity.Person;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Certifications;
import dev.remit.core.oversight.Item;
import dev.remit.core.oversight.OversightLedger.Waiting;
import dev.remit.core.oversight.Promotions;
import dev.remit.core.register.Agents;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What overseers work with.
 *
 * @param certifications executed effects to look at
 * @param promotions levels, and asking for one more
 * @param custody how long bodies of entries are kept
 * @param agents the register of agents
 */
public record Overseeing(
    Certifications certifications, Promotions promotions, Custody custody, Agents agents) {

  /** Nothing to look at and nothing to raise. */
  public static final Overseeing NOTHING =
      new Overseeing(new Nothing(), new Nothing(), new KeepsAll(), new NoAgents());

  private static final class KeepsAll implements Custody {
    private static final String WHY = "nothing is erased here";

    @Override
    public Ordered hold(Person person, TenantId tenant, String reason) {
      return new NotHeld(WHY);
    }

    @Override
    public List<Hold> holds(TenantId tenant) {
      return List.of();
    }

    @Override
    public Wish askToLift(Person person, TenantId tenant, String hold, String reason) {
      return new Custody.NotAsked(WHY);
    }

    @Override
    public Wish askToErase(Person person, TenantId tenant, String entry, String reason) {
      return new Custody.NotAsked(WHY);
    }
  }

  private static final class Nothing implements Certifications, Promotions {
    private static final String WHY = "nobody oversees anything here";

    @Override
    public Page open(Person person, TenantId tenant, Optional<String> cursor, int limit) {
      return new Page(List.of(), Optional.empty());
    }

    @Override
    public List<Item> open(TenantId tenant, int limit) {
      return List.of();
    }

    @Override
    public Certifications.Asked ask(
        Person person, TenantId tenant, boolean isObjection, List<CallId> calls) {
      return new NotTaken(WHY);
    }

    @Override
    public Result certify(
        Person person,
        TenantId tenant,
        boolean isObjection,
        List<CallId> calls,
        String reason,
        Assertion assertion) {
      return new NotTaken(WHY);
    }

    @Override
    public List<Waiting> waiting(Set<TenantId> tenants) {
      return List.of();
    }

    @Override
    public List<Rung> levels(Person person, TenantId tenant) {
      return List.of();
    }

    @Override
    public List<Rung> levels(TenantId tenant) {
      return List.of();
    }

    @Override
    public Raise ask(Person person, AutonomyScope scope, String reason) {
      return new NotAsked(WHY);
    }
  }
}
