package dev.remit.cedar.request;

import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueRecord;
import java.util.List;

/** An entity as it is given: its attributes, its tags, the entities directly above it. */
public record Entity(
    EntityUid uid, ValueRecord attributes, ValueRecord tags, List<EntityUid> parents) {
  /** Keeps a copy of the parents. */
  public Entity {
    parents = List.copyOf(parents);
  }

  /** An entity without tags. */
  public Entity(EntityUid uid, ValueRecord attributes, List<EntityUid> parents) {
    this(uid, attributes, ValueRecord.EMPTY, parents);
  }
}
