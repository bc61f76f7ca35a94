package dev.remit.connectors.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.testkit.BrokerContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SessionBrokerTest extends BrokerContract {
  @Override
  protected Target newTarget() {
    return new UpstreamTarget();
  }

  private static final class UpstreamTarget implements Target {
    private final McpFixture it = new McpFixture();
    private final McpConnector connector = it.connector(it.health());
    private boolean isOver;

    @Override
    public Broker broker() {
      return connector.broker();
    }

    @Override
    public Lease lease(String name) {
      return it.lease(name);
    }

    @Override
    public Lease over(String name) {
      var lease = it.lease(name);
      it.clock.advance(Duration.ofHours(1));
      return lease;
    }

    @Override
    public boolean works(Credential credential) {
      return !isOver && it.upstream.sessions().contains(secret(credential));
    }

    @Override
    public boolean hasNames() {
      return false;
    }

    @Override
    public String foreign() {
      return "somebody";
    }

    @Override
    public boolean isForeignThere() {
      return true;
    }

    @Override
    public void takeAway() {
      it.upstream.away(true);
    }

    @Override
    public void bringBack() {
      it.upstream.away(false);
    }

    @Override
    public void withdrawRights() {
      it.upstream.refuseSessions(true);
    }

    /** An upstream lets idle sessions go by itself; this one does it now. */
    @Override
    public void passEnds() {
      isOver = true;
      it.clock.advance(Duration.ofHours(1));
    }

    @Override
    public String secret(Credential credential) {
      return ((McpSession) credential).id().orElseThrow();
    }

    @Override
    public void close() {
      it.close();
    }
  }

  @Nested
  final class Sessions {
    @Test
    void aSessionThatTheUpstreamDoesNotEndIsNotGone() {
      try (var it = new McpFixture()) {
        var connector = it.connector(it.health());
        var credential = it.issue(connector);
        it.upstream.deafToDelete(true);
        assertThat(connector.broker().revoke(it.lease("a"), Optional.of(credential)))
            .isInstanceOf(Broker.Lingering.class);
      }
    }

    @Test
    void eachLeaseHasASessionOfItsOwn() {
      try (var it = new McpFixture()) {
        var connector = it.connector(it.health());
        it.issue(connector);
        it.issue(connector);
        assertThat(it.upstream.sessions()).hasSize(2);
      }
    }
  }
}
