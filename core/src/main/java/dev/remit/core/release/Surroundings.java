package dev.remit.core.release;

import dev.remit.core.identity.Grade;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What lies around a version's tools: other systems that they reach, systems that are Remit's own,
 * how far agents may hand work on, and witnesses.
 *
 * @param delegationDepth how often a task may be handed on; 0 means never
 * @param witnessed clients at whom nothing destructive happens while part of their log was not
 *     cosigned by a witness for so long
 */
public record Surroundings(
    List<Reach> reaches, OwnSystems own, int delegationDepth, Map<TenantId, Duration> witnessed) {

  /** How often a task may be handed on where a workspace says nothing. */
  public static final int USUAL_DEPTH = 3;

  /** Nothing is said. */
  public static final Surroundings NONE = new Surroundings(List.of(), OwnSystems.NONE);

  public Surroundings {
    reaches = List.copyOf(reaches);
    witnessed = Map.copyOf(witnessed);
    if (delegationDepth < 0) {
      throw new IllegalArgumentException("a depth is zero or more");
    }
  }

  /** Nothing is said of delegation and of witnesses. */
  public Surroundings(List<Reach> reaches, OwnSystems own) {
    this(reaches, own, USUAL_DEPTH, Map.of());
  }

  /**
   * Whoever may use one of these operations has authority at another system, too.
   *
   * @param from the connector that declares it
   * @param number its place in that connector's list, from 1
   * @param to the other system's connector
   * @param effect the highest effect that can be made there
   * @param through operations of {@code from}; never empty
   * @param accepted who takes responsibility for it, if somebody does
   */
  public record Reach(
      ConnectorId from,
      int number,
      ConnectorId to,
      Grade effect,
      Set<String> through,
      Optional<Acceptance> accepted) {
    public Reach {
      through = Set.copyOf(through);
    }
  }

  /**
   * Somebody answers for inherited authority until a day.
   *
   * @param owner a declared group or person
   * @param until the last day on which it holds, in UTC
   */
  public record Acceptance(String owner, String why, LocalDate until) {

    /** Whether it still holds on this day. */
    public boolean holdsOn(LocalDate day) {
      return !day.isAfter(until);
    }
  }
}
