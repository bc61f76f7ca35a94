package dev.remit.cedar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes requests with policies and entities at random, as one official JSON request. */
final class Cases {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> IDS = List.of("a", "", "é \"😀\"");
  private static final List<String> TYPES = List.of("U", "G", "N::R");

  private final Random random;
  private final Values values;
  private final Expressions expressions;

  Cases(Random random) {
    this.random = random;
    this.values = new Values(random);
    this.expressions = new Expressions(random, values);
  }

  static ObjectNode uid(Random random) {
    var uid = JSON.objectNode();
    uid.put("type", TYPES.get(random.nextInt(TYPES.size())));
    uid.put("id", IDS.get(random.nextInt(IDS.size())));
    return uid;
  }

  private static ObjectNode action(Random random) {
    var uid = JSON.objectNode();
    uid.put("type", "Action");
    uid.put("id", List.of("x", "y", "z").get(random.nextInt(3)));
    return uid;
  }

  /** A request in the official form, with {@code policies} in theirs. */
  ObjectNode next() {
    var request = JSON.objectNode();
    request.set("principal", escaped(uid(random)));
    request.set("action", escaped(action(random)));
    request.set("resource", escaped(uid(random)));
    request.set("context", values.record(3));
    request.set("entities", entities());
    request.set("policies", policies());
    request.putNull("schema");
    request.put("validateRequest", false);
    return request;
  }

  private static ObjectNode escaped(ObjectNode uid) {
    var escaped = JSON.objectNode();
    escaped.set("__entity", uid);
    return escaped;
  }

  /** Some of all entities; a parent is always later in the order, so there is no cycle. */
  private ArrayNode entities() {
    var uids = new ArrayList<ObjectNode>();
    for (String type : TYPES) {
      for (String id : IDS) {
        uids.add(JSON.objectNode().put("type", type).put("id", id));
      }
    }
    for (String id : List.of("x", "y", "z")) {
      uids.add(JSON.objectNode().put("type", "Action").put("id", id));
    }
    java.util.Collections.shuffle(uids, random);
    var entities = JSON.arrayNode();
    for (int i = 0; i < uids.size(); i++) {
      if (random.nextInt(5) > 1) {
        entities.add(entity(uids, i));
      }
    }
    return entities;
  }

  private ObjectNode entity(List<ObjectNode> uids, int place) {
    var entity = JSON.objectNode();
    entity.set("uid", uids.get(place));
    boolean isAction = uids.get(place).path("type").asText().equals("Action");
    entity.set("attrs", values.record(isAction ? 0 : 2));
    var parents = entity.putArray("parents");
    for (int i = place + 1; i < uids.size(); i++) {
      boolean isOther = !uids.get(i).path("type").asText().equals("Action");
      if (random.nextInt(uids.size()) < 2 && !(isAction && isOther)) {
        parents.add(uids.get(i));
      }
    }
    if (!isAction && random.nextInt(3) == 0) {
      entity.set("tags", values.record(2));
    }
    return entity;
  }

  private ObjectNode policies() {
    var set = JSON.objectNode();
    var fixed = set.putObject("staticPolicies");
    int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 30 : 5);
    boolean mayForbid = random.nextInt(3) == 0;
    for (int i = 0; i < count; i++) {
      fixed.set("p" + i, policy(mayForbid, false));
    }
    var templates = set.putObject("templates");
    var links = set.putArray("templateLinks");
    if (random.nextInt(5) == 0) {
      templates.set("t", policy(mayForbid, true));
      for (int i = 0; i < 3; i++) {
        var link = links.addObject().put("templateId", "t").put("newId", "link" + i);
        var slots = link.putObject("values");
        slots.set("?principal", escaped(uid(random)));
        slots.set("?resource", escaped(uid(random)));
      }
    }
    return set;
  }

  private ObjectNode policy(boolean mayForbid, boolean isTemplate) {
    var policy = JSON.objectNode();
    policy.put("effect", mayForbid && random.nextInt(3) == 0 ? "forbid" : "permit");
    policy.set("principal", head("?principal", isTemplate));
    policy.set("action", actionHead());
    policy.set("resource", head("?resource", isTemplate));
    var conditions = policy.putArray("conditions");
    int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      var condition = conditions.addObject();
      condition.put("kind", random.nextInt(4) == 0 ? "unless" : "when");
      condition.set("body", expressions.of(Expressions.Type.BOOL, 1 + random.nextInt(5)));
    }
    return policy;
  }

  private ObjectNode head(String slot, boolean isTemplate) {
    var head = JSON.objectNode();
    int choice = isTemplate ? 1 + random.nextInt(3) : random.nextInt(8);
    switch (choice) {
      case 1 -> place(head.put("op", "=="), slot, isTemplate);
      case 2 -> place(head.put("op", "in"), slot, isTemplate);
      case 3 -> {
        head.put("op", "is").put("entity_type", TYPES.get(random.nextInt(TYPES.size())));
        place(head.putObject("in"), slot, isTemplate);
      }
      case 4 -> head.put("op", "is").put("entity_type", TYPES.get(random.nextInt(TYPES.size())));
      default -> head.put("op", "All");
    }
    return head;
  }

  private void place(ObjectNode head, String slot, boolean isTemplate) {
    if (isTemplate) {
      head.put("slot", slot);
    } else {
      head.set("entity", uid(random));
    }
  }

  private ObjectNode actionHead() {
    var head = JSON.objectNode();
    switch (random.nextInt(5)) {
      case 0 -> head.put("op", "==").set("entity", action(random));
      case 1 -> head.put("op", "in").set("entity", action(random));
      case 2 -> {
        var several = head.put("op", "in").putArray("entities");
        for (int i = random.nextInt(4); i > 0; i--) {
          several.add(action(random));
        }
      }
      default -> head.put("op", "All");
    }
    return head;
  }

  /** The policies of a request. */
  static JsonNode policies(ObjectNode request) {
    return request.path("policies");
  }
}
