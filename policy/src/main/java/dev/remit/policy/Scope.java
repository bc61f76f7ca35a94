package dev.remit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the head of a policy says about tenants and actions: enough to leave out policies that
 * cannot match, and nothing else. A head that cannot match can neither decide nor err.
 *
 * @param principalTenant the only tenant whose principals it can match
 * @param resourceTenant the only tenant whose resources it can match
 * @param actions the only actions and groups it can match; empty means any
 */
record Scope(
    Optional<String> principalTenant,
    Optional<String> resourceTenant,
    Optional<Set<String>> actions) {
  Scope {
    actions = actions.map(Set::copyOf);
  }

  /** From the head of a policy in Cedar's JSON form. */
  static Scope of(JsonNode policy) {
    return new Scope(
        tenant(policy.path("principal")),
        tenant(policy.path("resource")),
        actions(policy.path("action")));
  }

  private static Optional<String> tenant(JsonNode head) {
    var entity =
        switch (head.path("op").asText()) {
          case "in", "==" -> head.path("entity");
          case "is" -> head.path("in").path("entity");
          default -> null;
        };
    return entity != null && entity.path("type").asText().equals("Tenant")
        ? Optional.of(entity.path("id").asText())
        : Optional.empty();
  }

  private static Optional<Set<String>> actions(JsonNode head) {
    var names = new HashSet<String>();
    switch (head.path("op").asText()) {
      case "==" -> names.add(head.path("entity").path("id").asText());
      case "in" -> {
        if (head.has("entity")) {
          names.add(head.path("entity").path("id").asText());
        }
        head.path("entities").forEach(entity -> names.add(entity.path("id").asText()));
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  boolean canMatchTenants(String principal, String resource) {
    return principalTenant.map(principal::equals).orElse(true)
        && resourceTenant.map(resource::equals).orElse(true);
  }

  boolean canMatchAction(Set<String> actionAndGroups) {
    return actions.map(names -> names.stream().anyMatch(actionAndGroups::contains)).orElse(true);
  }

  boolean namesTenant() {
    return principalTenant.isPresent() || resourceTenant.isPresent();
  }
}
