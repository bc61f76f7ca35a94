package dev.remit.web.console;

import dev.remit.core.flow.Oversight;
import dev.remit.core.kill.KillScope;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.tenant.Window;
import dev.remit.core.value.Value;
import dev.remit.web.people.Rights.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads tenants and posture, as far as a reader may see them. */
final class InstallationReading {

  private static final int PAGE = 100;

  private final Oversight oversight;
  private final OversightReading overseeing;

  InstallationReading(Oversight oversight, OversightReading overseeing) {
    this.oversight = oversight;
    this.overseeing = overseeing;
  }

  /**
   * @param from the id of the first tenant on the page
   */
  TenantsView tenants(Sight sight, Optional<String> from, Instant now) {
    var all = sight.tenants(Verb.READ_TASKS);
    int begin = 0;
    for (int i = 0; from.isPresent() && i < all.size(); i++) {
      begin = all.get(i).id().value().equals(from.get()) ? i : begin;
    }
    var killed = killed();
    int end = Math.min(all.size(), begin + PAGE);
    var rows = all.subList(begin, end).stream().map(each -> row(sight, each, killed, now)).toList();
    var next =
        end < all.size()
            ? Optional.of("/console/tenants?from=" + all.get(end).id().value())
            : Optional.<String>empty();
    return new TenantsView(rows, next);
  }

  private static TenantsView.Row row(Sight sight, Tenant tenant, Set<String> killed, Instant now) {
    var approvers = sight.release().people().approvers().get(tenant.id());
    return new TenantsView.Row(
        Sight.choice(tenant),
        Optional.ofNullable(approvers).map(own -> own.group() + " of " + own.issuer()),
        tenant.windows().stream().map(Window::name).distinct().toList(),
        List.copyOf(tenant.windowsOpenAt(now)),
        tenant.externalIds().keySet().stream().sorted().toList(),
        killed.contains(KillScope.EVERYTHING.text())
            || killed.contains("tenant:" + tenant.id().value()));
  }

  private Set<String> killed() {
    var scopes = new HashSet<String>();
    oversight.kills().forEach(kill -> scopes.add(kill.scope().text()));
    return scopes;
  }

  PostureView posture(Sight sight, Instant now) {
    var seen = new HashSet<TenantId>();
    sight.tenants(Verb.READ_TRAIL).forEach(tenant -> seen.add(tenant.id()));
    var checks = new ArrayList<PostureView.Check>();
    checks.add(kills(sight, seen));
    checks.add(exposed(seen, now));
    checks.add(unanswerable(sight, seen));
    checks.add(
        check(
            "Certification",
            "oversight",
            overseeing.overdue(seen),
            "Every effect that has to be looked at was looked at in time.",
            "Nobody looked at these in time; what did them goes alone less far after a while."
                + " Certify them on the page Oversight."));
    if (sight.isOfInstallation()) {
      checks.addAll(ofInstallation());
    }
    return new PostureView(sight.release().version().value(), checks, FatigueReading.isFor(sight));
  }

  /** What concerns everybody's work, for those who see the whole installation. */
  private List<PostureView.Check> ofInstallation() {
    var posture = oversight.posture();
    return List.of(
        check(
            "Break-glass",
            "warning",
            texts(posture, "breakGlass"),
            "No emergency authority is in force.",
            "Emergency authority is in force; a review follows each."),
        check(
            "Tools as accepted",
            "warning",
            changed(posture),
            "Every upstream's tools are as the workspace accepted them.",
            "These are out until a new version of the workspace accepts what they are now."),
        check(
            "Connections",
            "warning",
            out(posture),
            "Every connection that could be tried is what its file says.",
            "No call goes there until the check holds again; it is repeated every few seconds."),
        check(
            "Declared only",
            "tenants",
            texts(posture, "declaredOnly"),
            "Everything that is declared is spoken to.",
            "Nothing speaks to these systems yet: policy knows their tools, and no call is"
                + " sent."),
        check(
            "Bound identities",
            "keys",
            texts(posture, "unbound"),
            "Every agent proves possession of its key.",
            "These identities bear tokens without a key; bind them, so that a stolen token"
                + " serves nobody."),
        check(
            "Events to the SOC",
            "trail",
            sinks(posture),
            "Every sink has what it should have, or none is configured.",
            "These sinks are behind or do not take events. Nothing is lost: what is owed comes in"
                + " order once they do."));
  }

  private PostureView.Check kills(Sight sight, Set<TenantId> seen) {
    var found =
        oversight.kills().stream()
            .filter(kill -> sight.isOfInstallation() || concerns(kill.scope().text(), seen))
            .map(kill ->
                kill.scope().text()
                    + (sight.isOfInstallation() ? " by " + kill.by() + ": " + kill.reason() : ""))
            .toList();
    return check(
        "Kill switch",
        "stop",
        found,
        "Nothing is stopped.",
        "All work under these is stopped until the stop is lifted.");
  }

  /** Whether somebody who sees these tenants alone may know of the scope. */
  private static boolean concerns(String scope, Set<TenantId> seen) {
    return scope.equals(KillScope.EVERYTHING.text())
        || seen.stream()
            .anyMatch(tenant ->
                scope.equals("tenant:" + tenant.value())
                    || (scope.startsWith("agent:") && scope.contains("/" + tenant.value() + "/")));
  }

  private PostureView.Check exposed(Set<TenantId> seen, Instant now) {
    var found =
        oversight.leases().stream()
            .filter(lease -> seen.contains(lease.tenant()) && lease.isExposedAt(now))
            .map(lease -> lease.connector() + "/" + lease.principal() + " of " + lease.tenant())
            .toList();
    return check(
        "Credentials past their end",
        "clock",
        found,
        "Every lease that is over was proven gone.",
        "These may still work at their target. Revocation is being tried; look there yourself if"
            + " it lasts.");
  }

  private static PostureView.Check unanswerable(Sight sight, Set<TenantId> seen) {
    var approvers = sight.release().people().approvers().keySet();
    var found =
        seen.stream()
            .filter(tenant -> !approvers.contains(tenant))
            .map(TenantId::value)
            .sorted()
            .toList();
    return check(
        "Tenants with approvers",
        "person",
        found,
        "Each tenant has people of its own who can answer.",
        "Nobody of these tenants can answer; what needs them waits and then expires. Name their"
            + " approvers in the tenant's file.");
  }

  private static PostureView.Check check(
      String name, String icon, List<String> found, String fine, String look) {
    return new PostureView.Check(name, icon, found.isEmpty(), found.isEmpty() ? fine : look, found);
  }

  /** Connections that are out of service, with what failed. */
  private static List<String> out(Value.Obj posture) {
    var found = new ArrayList<String>();
    posture
        .object("connections")
        .orElse(Value.Obj.EMPTY)
        .members()
        .forEach((name, state) -> {
          if (state instanceof Value.Obj known) {
            known.items("findings").stream()
                .map(Value.Obj.class::cast)
                .filter(finding -> finding.text("verdict").orElse("").equals("failed"))
                .forEach(finding -> found.add(name + ": " + finding.text("detail").orElse("")));
          }
        });
    return found;
  }

  private static List<String> changed(Value.Obj posture) {
    var found = new ArrayList<String>();
    posture
        .object("toolsChanged")
        .orElse(Value.Obj.EMPTY)
        .members()
        .forEach((name, what) -> {
          if (what instanceof Value.Array(List<Value> lines)) {
            lines.forEach(line -> found.add(name + ": " + Arguments.brief(line)));
          }
        });
    return found;
  }

  private static List<String> sinks(Value.Obj posture) {
    return posture.items("sinks").stream()
        .filter(
            item -> item instanceof Value.Obj sink && !sink.text("state").orElse("").equals("well"))
        .map(item -> sink((Value.Obj) item))
        .toList();
  }

  private static String sink(Value.Obj sink) {
    return sink.text("sink").orElse("")
        + " is "
        + sink.text("state").orElse("")
        + ": "
        + sink.integer("behindEntries").orElse(0L)
        + " entries behind, the oldest of "
        + sink.integer("behindSeconds").orElse(0L)
        + " s ago"
        + sink.text("lastError").map("; "::concat).orElse("");
  }

  private static List<String> texts(Value.Obj posture, String name) {
    return posture.items(name).stream().map(Arguments::brief).toList();
  }
}
