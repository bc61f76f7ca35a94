package dev.remit.cedar.request;

import dev.remit.cedar.json.Json;
import dev.remit.cedar.json.JsonReader;
import dev.remit.cedar.json.Reading;
import dev.remit.cedar.json.RefusedException;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueReader;
import dev.remit.cedar.value.ValueRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entities that a request may look at. Immutable; a hierarchy without cycles. */
public final class Entities {
  /** No entity. */
  public static final Entities NONE = new Entities(Map.of());

  private final Map<EntityUid, KnownEntity> known;

  private Entities(Map<EntityUid, KnownEntity> known) {
    this.known = known;
  }

  /**
   * These entities, refused if two differ under one name or if one is above itself. A parent need
   * not be among them.
   */
  public static Reading<Entities> of(Collection<Entity> entities) {
    return Reading.of(() -> closed(entities));
  }

  /** Entities in Cedar's JSON form: a list of objects with uid, attrs, parents and perhaps tags. */
  public static Reading<Entities> read(String json) {
    return Reading.of(() -> {
      var entities = new ArrayList<Entity>();
      JsonReader.read(json).items().forEach(item -> entities.add(entity(item.object())));
      return closed(entities);
    });
  }

  private static Entity entity(Json.Obj object) {
    for (String name : object.members().keySet()) {
      if (!Set.of("uid", "attrs", "parents", "tags").contains(name)) {
        throw new RefusedException("an entity has the unknown member `" + name + "`");
      }
    }
    var parents = object.need("parents").items().stream().map(ValueReader::uid).toList();
    return new Entity(
        ValueReader.uid(object.need("uid")),
        record(object.need("attrs").object()),
        object.get("tags").map(tags -> record(tags.object())).orElse(ValueRecord.EMPTY),
        parents);
  }

  private static ValueRecord record(Json.Obj object) {
    var record = ValueRecord.of(object.members().size());
    object.members().forEach((name, value) -> record.put(name, ValueReader.read(value)));
    return record.build();
  }

  private static Entities closed(Collection<Entity> entities) {
    var byUid = new HashMap<EntityUid, Entity>(entities.size() * 2);
    for (Entity entity : entities) {
      if (isAction(entity.uid()) && !entity.parents().stream().allMatch(Entities::isAction)) {
        throw new RefusedException("what is above an action must be an action");
      }
      var other = byUid.putIfAbsent(entity.uid(), entity);
      if (other != null && !other.equals(entity)) {
        throw new RefusedException("`" + entity.uid() + "` is there twice");
      }
    }
    var known = new HashMap<EntityUid, KnownEntity>(entities.size() * 2);
    for (Entity entity : byUid.values()) {
      known.put(entity.uid(), new KnownEntity(entity, ancestors(entity, byUid)));
    }
    return new Entities(known);
  }

  private static boolean isAction(EntityUid uid) {
    return uid.type().endsWith("Action")
        && (uid.type().length() == 6 || uid.type().endsWith("::Action"));
  }

  private static Collection<EntityUid> ancestors(Entity entity, Map<EntityUid, Entity> byUid) {
    if (entity.parents().isEmpty()) {
      return List.of();
    }
    var ancestors = new LinkedHashSet<EntityUid>();
    var above = new ArrayDeque<EntityUid>(entity.parents());
    while (!above.isEmpty()) {
      var next = above.pop();
      if (next.equals(entity.uid())) {
        throw new RefusedException("`" + next + "` is above itself");
      }
      var parent = ancestors.add(next) ? byUid.get(next) : null;
      if (parent != null) {
        above.addAll(parent.parents());
      }
    }
    return ancestors;
  }

  /** The entity of this name, or null. */
  public @Nullable KnownEntity find(EntityUid uid) {
    return known.get(uid);
  }
}
