package dev.remit.cedar.value;

import org.jspecify.annotations.Nullable;

/** The name of an entity: its type, with namespace, and its id. */
public final class EntityUid implements Value, Comparable<EntityUid> {
  private final String type;
  private final String id;
  private final int hash;

  /** An entity of this type, as {@code Namespace::Type}, and any id. */
  public EntityUid(String type, String id) {
    this.type = type;
    this.id = id;
    this.hash = 31 * type.hashCode() + id.hashCode();
  }

  /** The type with its namespace. */
  public String type() {
    return type;
  }

  /** The id. */
  public String id() {
    return id;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof EntityUid that
            && hash == that.hash
            && id.equals(that.id)
            && type.equals(that.type));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(EntityUid other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return type + "::\"" + id + "\"";
  }
}
