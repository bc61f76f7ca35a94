package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.flow.Oversight;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.tenant.TenantId;
import dev.remit.postgres.BrokenLogException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogDutyTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final TenantId NORTH = new TenantId("north-legal");

  private final List<Kills.Active> kills = new ArrayList<>();
  private final LogDuty duty = new LogDuty(oversight());

  /** Knows kills alone. */
  private Oversight oversight() {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "kills" -> List.copyOf(kills);
              case "stop" -> stop((KillScope) arguments[0], (String) arguments[3]);
              case "kill" -> InvocationHandler.invokeDefault(proxy, method, arguments);
              default -> throw new UnsupportedOperationException(method.getName());
            };
    return (Oversight)
        Proxy.newProxyInstance(
            Oversight.class.getClassLoader(), new Class<?>[] {Oversight.class}, handler);
  }

  private List<Object> stop(KillScope scope, String reason) {
    kills.add(new Kills.Active(scope, "remit", reason, Instant.EPOCH));
    return List.of();
  }

  private List<KillScope> stopped() {
    return kills.stream().map(Kills.Active::scope).toList();
  }

  private static BrokenLogException broken(TenantId tenant) {
    return new BrokenLogException(tenant, "lacks a row", null);
  }

  private void find(RuntimeException fault) {
    assertThatThrownBy(() ->
            duty.alarming(() -> {
              throw fault;
            }))
        .isSameAs(fault);
  }

  @Test
  void aBrokenLogStopsItsTenantAlone() {
    find(broken(HARBOR));
    assertThat(stopped()).containsExactly(KillScope.tenant(HARBOR));
    assertThat(kills.getFirst().toString()).contains("lacks a row");
  }

  @Test
  void whatIsFoundAgainIsNotStoppedAgainAndAfterItWasLiftedItIs() {
    find(broken(HARBOR));
    find(broken(HARBOR));
    assertThat(stopped()).hasSize(1);
    kills.clear();
    find(broken(HARBOR));
    assertThat(stopped()).hasSize(1);
  }

  @Test
  void aHoldIsNotStopEnough() {
    var scope = KillScope.tenant(HARBOR);
    kills.add(new Kills.Active(scope, KillOrder.Mode.HOLD, "ann", "looking", Instant.EPOCH));
    find(broken(HARBOR));
    assertThat(kills).extracting(Kills.Active::mode).contains(KillOrder.Mode.KILL);
  }

  @Test
  void everyTenantWhoseLogIsBrokenIsStopped() {
    var both = broken(HARBOR);
    both.addSuppressed(broken(NORTH));
    find(both);
    assertThat(stopped()).containsExactly(KillScope.tenant(HARBOR), KillScope.tenant(NORTH));
  }

  @Test
  void theOperatorsOwnLogStopsEverything() {
    find(broken(TenantId.OPERATOR));
    assertThat(stopped()).containsExactly(KillScope.EVERYTHING);
  }

  @Test
  void anotherFaultStopsNobody() {
    find(new IllegalStateException("no key"));
    assertThat(kills).isEmpty();
  }
}
