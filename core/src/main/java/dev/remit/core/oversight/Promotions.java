package dev.remit.core.oversight;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The levels of a tenant with what speaks for or against raising them, and the way to ask for a
 * raise. A raise waits for an overseer's signed answer, and to {@link AutonomyLevel#BOUNDED} for
 * one of the client's too.
 */
public interface Promotions {

  /** Every scope of a tenant by its name; none where the person sees no such tenant. */
  List<Rung> levels(Person person, TenantId tenant);

  /** The same for whoever holds the machine. */
  List<Rung> levels(TenantId tenant);

  /** Asks that a scope rise by one level. */
  Raise ask(Person person, AutonomyScope scope, String reason);

  /**
   * One scope.
   *
   * @param inForce what decisions see
   * @param start where it starts, and {@code upTo} the most that the version in force allows
   * @param standing what is stored, if it ever changed
   * @param evidence from the log, as far as {@code position} leaves of it
   * @param overdue items that nobody looked at in time
   */
  record Rung(
      AutonomyScope scope,
      AutonomyLevel inForce,
      AutonomyLevel start,
      AutonomyLevel upTo,
      Optional<Standing> standing,
      Tally evidence,
      long overdue,
      long position) {

    /** What it may be asked to rise to. */
    public Optional<AutonomyLevel> next() {
      return inForce.raised().filter(level -> level.compareTo(upTo) <= 0);
    }
  }

  /** What became of the wish. */
  sealed interface Raise {}

  /** People have to answer. */
  record Asked(ProposalId proposal) implements Raise {}

  /** It is not asked; `why` in words for the person. */
  record NotAsked(String why) implements Raise {}
}
