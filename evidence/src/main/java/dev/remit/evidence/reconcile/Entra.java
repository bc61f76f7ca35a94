package dev.remit.evidence.reconcile;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Records in the shape of Microsoft Graph's {@code signIn} and {@code directoryAudit}.
 *
 * <p>Every name and number of a principal counts: user, application and service principal. What
 * failed is an act as well: somebody tried.
 */
final class Entra {

  private Entra() {}

  static Act signIn(Value.Obj record) {
    Set<String> principals = new HashSet<>();
    add(
        principals,
        record,
        "userPrincipalName",
        "userId",
        "servicePrincipalId",
        "servicePrincipalName");
    // An application acts for a user where there is one, else for itself.
    if (principals.isEmpty()) {
      add(principals, record, "appId");
    }
    Set<String> targets = new HashSet<>();
    add(targets, record, "resourceId", "resourceDisplayName");
    return new Act(
        id(record),
        time(record, "createdDateTime"),
        principals,
        targets,
        "sign-in",
        record.text("appDisplayName").orElse("") + failed(record));
  }

  private static String failed(Value.Obj record) {
    return record
        .object("status")
        .flatMap(status -> status.integer("errorCode"))
        .filter(code -> code != 0)
        .map(code -> " (failed with " + code + ")")
        .orElse("");
  }

  static Act audit(Value.Obj record) {
    Set<String> principals = new HashSet<>();
    var by = record.object("initiatedBy").orElse(Value.Obj.EMPTY);
    by.object("user").ifPresent(user -> add(principals, user, "id", "userPrincipalName"));
    by.object("app")
        .ifPresent(app ->
            add(
                principals,
                app,
                "appId",
                "servicePrincipalId",
                "servicePrincipalName",
                "displayName"));
    Set<String> targets = new HashSet<>();
    for (Value target : record.items("targetResources")) {
      if (target instanceof Value.Obj resource) {
        add(targets, resource, "id", "userPrincipalName", "displayName");
      }
    }
    String name = record.text("activityDisplayName").orElse("");
    return new Act(
        id(record),
        time(record, "activityDateTime"),
        principals,
        targets,
        name,
        record.text("result").map(result -> "(" + result + ")").orElse(""));
  }

  private static void add(Set<String> names, Value.Obj object, String... members) {
    for (String member : members) {
      Optional<String> name = object.text(member).filter(text -> !text.isBlank());
      name.ifPresent(names::add);
    }
  }

  private static String id(Value.Obj record) {
    return record.text("id").orElseThrow(() -> new InvalidValueException("a record has an `id`"));
  }

  private static Instant time(Value.Obj record, String name) {
    try {
      return Instant.parse(record.text(name).orElse(""));
    } catch (DateTimeException e) {
      throw new InvalidValueException("a record has its time in `" + name + "`");
    }
  }
}
