package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivationTest {
  private static final int TENANTS = 500;
  private static final int EACH = 20;

  /** An activation's 10,000 take half a minute: {@code -Dremit.activation.requests=10000}. */
  private static final int REQUESTS = Integer.getInteger("remit.activation.requests", 1_000);

  private static CedarFile ofTenant(String tenant) {
    var text = new StringBuilder();
    for (int i = 0; i < EACH; i++) {
      text.append(
          """
          @id("%1$s.p%2$d") @reason("outside-task")
          forbid (principal, action == Action::"rmm_restart", resource is Device in Tenant::"%1$s")
          when { resource.role == "role-%2$d" };
          """
              .formatted(tenant, i));
    }
    return new CedarFile(
        "policies/tenants/" + tenant + ".cedar",
        Layer.TENANT,
        Optional.of(new TenantId(tenant)),
        text.toString());
  }

  private static Release release() {
    var small = World.release();
    var tenants = new HashMap<TenantId, Tenant>();
    for (int i = 0; i < TENANTS; i++) {
      tenants.put(new TenantId("t" + i), World.tenant("t" + i));
    }
    return new Release(
        small.version(),
        small.organisation(),
        tenants,
        small.agentClasses(),
        small.orchestrators(),
        small.taskClasses(),
        small.tools(),
        small.connectors(),
        small.ticketConnector(),
        People.NONE,
        Set.of());
  }

  @Test
  void tenThousandPoliciesAreCompiledAndComparedWithinAMinute() {
    long start = System.nanoTime();
    var release = release();
    var files = new ArrayList<CedarFile>();
    release.tenants().keySet().forEach(tenant -> files.add(ofTenant(tenant.value())));
    var policies = World.compiled(release, files.toArray(CedarFile[]::new));
    assertThat(policies.policies()).hasSizeGreaterThan(TENANTS * EACH);
    long compiled = System.nanoTime();
    var agreement = Oracle.compare(release, policies, REQUESTS);
    long compared = System.nanoTime();
    System.out.printf(
        "activation of %d policies: compiled in %d ms, compared in %d ms%n",
        policies.policies().size(),
        Duration.ofNanos(compiled - start).toMillis(),
        Duration.ofNanos(compared - compiled).toMillis());
    assertThat(agreement.disagreement()).isEmpty();
    assertThat(Duration.ofNanos(compared - start)).isLessThan(Duration.ofSeconds(60));
  }
}
