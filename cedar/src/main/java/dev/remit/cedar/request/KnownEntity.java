package dev.remit.cedar.request;

import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueRecord;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entity with everything above it, direct and indirect. Immutable. */
public final class KnownEntity {
  private static final int SMALL = 8;

  private final Entity entity;
  private final EntityUid[] ancestors;
  private final @Nullable Set<EntityUid> table;

  KnownEntity(Entity entity, Collection<EntityUid> ancestors) {
    this.entity = entity;
    this.ancestors = ancestors.toArray(EntityUid[]::new);
    this.table = this.ancestors.length > SMALL ? new HashSet<>(ancestors) : null;
  }

  /** Its attributes. */
  public ValueRecord attributes() {
    return entity.attributes();
  }

  /** Its tags. */
  public ValueRecord tags() {
    return entity.tags();
  }

  /** Whether the other is above it. */
  public boolean isBelow(EntityUid other) {
    if (table != null) {
      return table.contains(other);
    }
    for (EntityUid ancestor : ancestors) {
      if (ancestor.equals(other)) {
        return true;
      }
    }
    return false;
  }

  EntityUid[] ancestors() {
    return ancestors;
  }

  Entity entity() {
    return entity;
  }
}
