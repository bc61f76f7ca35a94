package dev.remit.cedar;

import dev.remit.cedar.request.Facts;
import dev.remit.cedar.request.Part;
import dev.remit.cedar.value.EntityUid;
import java.util.List;

/** What the head of a policy asks of one part of a request. It cannot fail. */
sealed interface Constraint {
  /** Anything. */
  record Any() implements Constraint {}

  /** This entity. */
  record Equal(EntityUid uid) implements Constraint {}

  /** Any of these entities or what is below them. */
  record In(List<EntityUid> places) implements Constraint {}

  /** Entities of this type. */
  record Is(String type) implements Constraint {}

  /** Entities of this type at or below a place. */
  record IsIn(String type, EntityUid place) implements Constraint {}

  /** Whether this entity, a part of the facts, is as the head asks. */
  default boolean isMet(EntityUid uid, Facts facts) {
    return switch (this) {
      case Any() -> true;
      case Equal(EntityUid wanted) -> uid.equals(wanted);
      case In(List<EntityUid> places) -> isInAny(uid, places, facts);
      case Is(String type) -> uid.type().equals(type);
      case IsIn(String type, EntityUid place) -> uid.type().equals(type) && facts.isIn(uid, place);
    };
  }

  private static boolean isInAny(EntityUid uid, List<EntityUid> places, Facts facts) {
    for (int i = 0; i < places.size(); i++) {
      if (facts.isIn(uid, places.get(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The keys of {@link Facts#keys(Part)} of which a request must have one for this to be met; none
   * means that it needs none.
   */
  default List<?> keys() {
    return switch (this) {
      case Any() -> List.of();
      case Equal(EntityUid uid) -> List.of(uid);
      case In(List<EntityUid> places) -> places;
      case Is(String type) -> List.of(type);
      case IsIn(String type, EntityUid place) -> List.of(place);
    };
  }
}
