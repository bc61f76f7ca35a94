package dev.remit.testkit;

import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.Optional;

final class FakeBrokerTest extends BrokerContract {
  @Override
  protected Target newTarget() {
    return new FakeTarget();
  }

  private static final class FakeTarget implements Target {
    private final ManualClock clock = new ManualClock();
    private final FakeBroker broker = new FakeBroker(clock);

    FakeTarget() {
      broker.squat("somebody");
    }

    @Override
    public Broker broker() {
      return broker;
    }

    @Override
    public Lease lease(String name) {
      return lease(name, Duration.ofMinutes(1));
    }

    @Override
    public Lease over(String name) {
      return lease(name, Duration.ofMinutes(-1));
    }

    private Lease lease(String name, Duration left) {
      return new Lease(
          new LeaseId(name),
          new TenantId("harbor-dental"),
          new ConnectorId("fake"),
          FakeBroker.PREFIX + name,
          Optional.empty(),
          Value.Obj.EMPTY,
          clock.instant().plus(left),
          "r1",
          Lease.State.INTENDED);
    }

    @Override
    public boolean works(Credential credential) {
      return broker.isLive(credential);
    }

    @Override
    public boolean hasNames() {
      return true;
    }

    @Override
    public String foreign() {
      return "somebody";
    }

    @Override
    public boolean isForeignThere() {
      return broker.principals().contains("somebody");
    }

    @Override
    public void takeAway() {
      broker.away(true);
    }

    @Override
    public void bringBack() {
      broker.away(false);
    }

    @Override
    public void withdrawRights() {
      broker.withoutRights(true);
    }

    @Override
    public void passEnds() {
      clock.advance(Duration.ofHours(1));
    }

    @Override
    public String secret(Credential credential) {
      return FakeCredential.secretOf(credential.principal());
    }

    @Override
    public void close() {}
  }
}
