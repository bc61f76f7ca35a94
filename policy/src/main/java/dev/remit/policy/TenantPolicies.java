package dev.remit.policy;

import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.DataClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.tenant.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The policies of a release as one client has them, to be shown to that client.
 *
 * <p>INVARIANT: nothing in it names another client or tells what another client has otherwise. A
 * rule of the baseline that others do without is shown as it is here; a policy that names somebody
 * else is not shown, also where it would matter here. Comments are left out.
 *
 * @param policies sorted by id
 * @param beside what is enforced beside Cedar, with the client's own windows
 */
public record TenantPolicies(List<Shown> policies, List<BesideCedar.Stated> beside) {
  public TenantPolicies {
    policies = List.copyOf(policies);
    beside = List.copyOf(beside);
  }

  /** One policy, its text without comments, and its meaning as a sentence. */
  public record Shown(CompiledPolicy policy, String text, String words) {}

  /** What a tenant of the release has; any other has nothing. */
  public static TenantPolicies of(CompiledPolicies policies, TenantId tenant) {
    var known = policies.source().release().tenants().get(tenant);
    return known == null
        ? new TenantPolicies(List.of(), List.of())
        : new View(policies, known).all();
  }

  private static final class View {
    private final CompiledPolicies policies;
    private final Tenant tenant;
    private final Release release;
    private final OtherParties others;
    private final PolicySource source;

    View(CompiledPolicies policies, Tenant tenant) {
      this.policies = policies;
      this.tenant = tenant;
      this.release = policies.source().release();
      this.others = new OtherParties(release, tenant.id());
      this.source = ofTenant(policies.source());
    }

    TenantPolicies all() {
      var own =
          new TaskClassPolicies(source, problem -> {})
              .all().stream().collect(Collectors.toMap(PolicyText::id, Function.identity()));
      var shown = new ArrayList<Shown>();
      for (var policy : policies.policies()) {
        var mine = here(policy, Optional.ofNullable(own.get(policy.id())));
        if (isOfTenant(mine)) {
          shown.add(new Shown(mine, withoutComments(mine.text()), policies.wordsOf(mine)));
        }
      }
      return new TenantPolicies(shown, beside(shown));
    }

    /** The policy with what this tenant has otherwise, and without what others have. */
    private CompiledPolicy here(CompiledPolicy policy, Optional<PolicyText> own) {
      return own.filter(text -> !text.text().equals(policy.text()))
          .map(text -> new CompiledPolicy(text, ParsedPolicy.of(text.text())))
          .orElse(policy);
    }

    private boolean isOfTenant(CompiledPolicy policy) {
      var answered =
          policy.ask().map(policies.askRules()::get).stream()
              .flatMap(rule -> rule.from().stream())
              .map(TaskClass.Answers::group)
              .toList();
      return policy.tenant().map(tenant.id().value()::equals).orElse(true)
          && !others.areNamedBy(policy)
          && !others.areNamedIn(answered);
    }

    /** The rules that policies ask by, but for those of other tenants' policies. */
    private List<BesideCedar.Stated> beside(List<Shown> shown) {
      var asked =
          shown.stream().flatMap(one -> one.policy().ask().stream()).collect(Collectors.toSet());
      var stated =
          BesideCedar.of(
              new PolicySource(
                  source.release(),
                  List.of(),
                  source.guardrailAnswers(),
                  source.asks().stream().filter(rule -> asked.contains(rule.id())).toList(),
                  source.origins(),
                  source.variations(),
                  source.exceptions()));
      var all = new ArrayList<>(stated);
      tenant.windows().forEach(window -> all.add(window(window)));
      tenant.data().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(released ->
              all.add(
                  own(
                      "data",
                      "provider of models "
                          + released.getKey()
                          + " may be shown "
                          + released.getValue().stream()
                              .map(DataClass::text)
                              .sorted()
                              .collect(Collectors.joining(", ")))));
      all.removeIf(one -> others.areNamedIn(List.of(one.words(), one.origin().file())));
      return all;
    }

    private BesideCedar.Stated window(Window window) {
      return own(
          "window",
          "window "
              + window.name()
              + " is open from "
              + window.from()
              + " to "
              + window.to()
              + " of "
              + window.zone()
              + " on "
              + window.days().stream()
                  .sorted()
                  .map(day -> day.name().toLowerCase(java.util.Locale.ROOT))
                  .collect(Collectors.joining(", ")));
    }

    private BesideCedar.Stated own(String kind, String words) {
      return new BesideCedar.Stated(
          kind,
          words,
          new Origin("tenants/" + tenant.id() + ".yaml", 1),
          Optional.empty(),
          Optional.of(tenant.id()));
    }

    /** The source with this tenant's variations, limits and agents, and nobody else's. */
    private PolicySource ofTenant(PolicySource all) {
      var origins = new HashMap<>(all.origins());
      var classes = new HashMap<String, TaskClass>();
      release
          .taskClasses()
          .forEach((name, taskClass) -> {
            var mine = taskClass.of(tenant.id());
            if (!mine.limits().equals(taskClass.limits())) {
              origins.put(PolicySource.classId(name), all.origin(name, tenant.id()));
            }
            classes.put(name, limited(taskClass, mine));
          });
      return new PolicySource(
          in(release, classes),
          List.of(),
          all.guardrailAnswers(),
          all.asks(),
          origins,
          all.variations().stream()
              .filter(variation -> variation.tenant().equals(tenant.id()))
              .toList(),
          all.exceptions());
    }

    /** The baseline with the tenant's limits: what else it varies becomes policies of their own. */
    private static TaskClass limited(TaskClass baseline, TaskClass mine) {
      return new TaskClass(
          baseline.name(),
          baseline.why(),
          baseline.owner(),
          baseline.risk(),
          baseline.tools(),
          baseline.targetKind(),
          baseline.targetsAtMost(),
          baseline.seenWithin(),
          mine.limits(),
          baseline.when(),
          baseline.ask(),
          baseline.serves());
    }

    private Release in(Release all, Map<String, TaskClass> classes) {
      var agents = new HashMap<>(all.agentClasses());
      agents.values().removeIf(agent -> !OtherParties.worksFor(agent, tenant.id()));
      return new Release(
          all.version(),
          all.organisation(),
          all.tenants(),
          agents,
          all.orchestrators(),
          classes,
          all.tools(),
          all.connectors(),
          all.ticketConnector(),
          all.people(),
          all.authors());
    }

    private static String withoutComments(String text) {
      return CedarTokens.of(text).stream()
          .filter(token -> token.kind() != CedarTokens.Kind.COMMENT)
          .map(CedarTokens.Token::text)
          .collect(Collectors.joining());
    }
  }
}
