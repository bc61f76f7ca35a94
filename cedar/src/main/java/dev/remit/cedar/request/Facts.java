package dev.remit.cedar.request;

import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueRecord;
import org.jspecify.annotations.Nullable;

/**
 * A request with its entities, prepared: names are resolved and hashed once, so that a decision
 * only looks up. Immutable; may be asked about any number of policy sets.
 */
public final class Facts {
  private final EntityUid principal;
  private final EntityUid action;
  private final EntityUid resource;
  private final ValueRecord context;
  private final Entities entities;
  private final @Nullable KnownEntity knownPrincipal;
  private final @Nullable KnownEntity knownAction;
  private final @Nullable KnownEntity knownResource;
  private final Object[] principalKeys;
  private final Object[] actionKeys;
  private final Object[] resourceKeys;

  /**
   * Prepares a request. Names that are not among the entities have no attributes and no parents.
   */
  public Facts(
      EntityUid principal,
      EntityUid action,
      EntityUid resource,
      ValueRecord context,
      Entities entities) {
    this.principal = principal;
    this.action = action;
    this.resource = resource;
    this.context = context;
    this.entities = entities;
    this.knownPrincipal = entities.find(principal);
    this.knownAction = entities.find(action);
    this.knownResource = entities.find(resource);
    this.principalKeys = keys(principal, knownPrincipal);
    this.actionKeys = keys(action, knownAction);
    this.resourceKeys = keys(resource, knownResource);
  }

  private Facts(Facts facts, ValueRecord context) {
    this.principal = facts.principal;
    this.action = facts.action;
    this.resource = facts.resource;
    this.context = context;
    this.entities = facts.entities;
    this.knownPrincipal = facts.knownPrincipal;
    this.knownAction = facts.knownAction;
    this.knownResource = facts.knownResource;
    this.principalKeys = facts.principalKeys;
    this.actionKeys = facts.actionKeys;
    this.resourceKeys = facts.resourceKeys;
  }

  private static Object[] keys(EntityUid uid, @Nullable KnownEntity entity) {
    var above = entity == null ? new EntityUid[0] : entity.ancestors();
    var keys = new Object[above.length + 2];
    keys[0] = uid;
    keys[1] = uid.type();
    System.arraycopy(above, 0, keys, 2, above.length);
    return keys;
  }

  /**
   * Everything by which the head of a policy can mean this part: its name, the name of its type as
   * text, the names of what is above it. Shared: read only.
   */
  public Object[] keys(Part part) {
    return switch (part) {
      case PRINCIPAL -> principalKeys;
      case ACTION -> actionKeys;
      case RESOURCE -> resourceKeys;
    };
  }

  /** The same request in another context. */
  public Facts withContext(ValueRecord other) {
    return new Facts(this, other);
  }

  /** Who asks. */
  public EntityUid principal() {
    return principal;
  }

  /** What is asked for. */
  public EntityUid action() {
    return action;
  }

  /** On what. */
  public EntityUid resource() {
    return resource;
  }

  /** The circumstances. */
  public ValueRecord context() {
    return context;
  }

  /** The entity of this name, or null. */
  public @Nullable KnownEntity find(EntityUid uid) {
    return entities.find(uid);
  }

  /** The principal as an entity, or null. */
  public @Nullable KnownEntity knownPrincipal() {
    return knownPrincipal;
  }

  /** The action as an entity, or null. */
  public @Nullable KnownEntity knownAction() {
    return knownAction;
  }

  /** The resource as an entity, or null. */
  public @Nullable KnownEntity knownResource() {
    return knownResource;
  }

  /** Whether the first is the second or below it. */
  public boolean isIn(EntityUid uid, EntityUid other) {
    if (uid.equals(other)) {
      return true;
    }
    var entity = find(uid);
    return entity != null && entity.isBelow(other);
  }
}
