package dev.remit.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Broker.Gone;
import dev.remit.core.lease.Broker.Lingering;
import dev.remit.core.lease.Broker.Made;
import dev.remit.core.lease.Broker.NotMade;
import dev.remit.core.lease.Broker.Uncertain;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.InvalidValueException;
import dev.remit.json.Json;
import dev.remit.testkit.BrokerContract;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases of a dynamic secrets engine, against a stub of the HTTP API. */
final class VaultBrokerTest extends BrokerContract {

  @Override
  protected Target newTarget() {
    return new VaultTarget();
  }

  private static VaultEndpoint endpoint(URI base, StubVault vault, String path) {
    return new VaultEndpoint(
        base, "Authorization", "Bearer", vault.address(), path, "token", () -> StubVault.TOKEN);
  }

  private static final class VaultTarget implements Target {
    private final HttpFixture it = new HttpFixture();
    private final StubVault vault = new StubVault();
    private final HttpConnector connector =
        new HttpConnector(
            new ConnectorSpec(
                HttpFixture.RMM,
                "RMM",
                "http",
                "ops",
                ScopeTruth.BROKER_ENFORCED,
                "rmm",
                Json.parseObject(HttpFixture.SPEC.replace("oauth-client", "vault-lease"))),
            List.of(it.read),
            endpoint(it.vendor.at(""), vault, StubVault.PATH),
            it.clock,
            (time, cut) -> {});

    VaultTarget() {
      it.vendor.on("GET /v2/device/7", "{\"id\":7,\"organizationId\":1}");
    }

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
      return HttpFixture.ending(it.lease(name), it.clock.instant().minusSeconds(60));
    }

    /** The system lets in what the vault holds live, as its engine told it. */
    @Override
    public boolean works(Credential credential) {
      it.vendor.tokens.clear();
      vault.live.values().forEach(secret -> it.vendor.tokens.put(secret, ""));
      try {
        return connector
            .read(new TargetRef(HttpFixture.RMM, "device", "7"), credential)
            .isPresent();
      } catch (dev.remit.core.execution.Connector.VendorException e) {
        return false;
      }
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
      vault.isAway = true;
    }

    @Override
    public void bringBack() {
      vault.isAway = false;
    }

    @Override
    public void withdrawRights() {
      vault.isForbidden = true;
    }

    @Override
    public void passEnds() {
      it.clock.advance(Duration.ofHours(1));
    }

    @Override
    public String secret(Credential credential) {
      return ((VaultCredential) credential).secret();
    }

    @Override
    public void close() {
      connector.close();
      vault.close();
      it.close();
    }
  }

  @Nested
  final class Leases {
    private final HttpFixture it = new HttpFixture();
    private final StubVault vault = new StubVault();
    private final Broker broker =
        new VaultBroker(endpoint(it.vendor.at(""), vault, StubVault.PATH), it.clock);

    @AfterEach
    void close() {
      vault.close();
      it.close();
    }

    private Broker.Issued issue() {
      return broker.issue(it.lease("x"));
    }

    @Test
    void whatWouldOutliveItsLeaseIsRevokedAtOnce() {
      vault.seconds = 3600;
      assertThat(issue()).isInstanceOf(NotMade.class);
      assertThat(vault.made).hasValue(1);
      assertThat(vault.live).isEmpty();
    }

    @Test
    void whatOutlivesItsLeaseAndCannotBeRevokedIsUncertain() {
      vault.seconds = 3600;
      vault.isDeaf = true;
      assertThat(issue()).isInstanceOf(Uncertain.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "[]",
          "nonsense",
          "{\"lease_id\":\"\",\"lease_duration\":60,\"data\":{\"token\":\"static-secret\"}}",
          "{\"lease_id\":\"other/creds/x/1\",\"lease_duration\":60,\"data\":{\"token\":\"of-another\"}}",
          "{\"lease_id\":\"terraform/creds/remit/1\",\"lease_duration\":0,\"data\":{\"token\":\"for-ever-and\"}}",
          "{\"lease_id\":\"terraform/creds/remit/1\",\"lease_duration\":60,\"data\":{\"other\":\"field-of-it\"}}",
          "{\"lease_id\":\"terraform/creds/remit/1\",\"lease_duration\":60,\"data\":{\"token\":\"a\\r\\nHost: b\"}}"
        })
    void whatIsNoLeaseOfTheRoleIsNotUsed(String answer) {
      vault.answer = Optional.of(answer);
      assertThat(issue()).isInstanceOf(NotMade.class);
    }

    @Test
    void aSealedVaultMayHaveMadeOne() {
      vault.isSealed = true;
      assertThat(issue()).isInstanceOf(Uncertain.class);
    }

    @Test
    void aRevocationThatDidNothingIsNotBelieved() {
      var made = ((Made) issue()).credential();
      vault.isDeaf = true;
      assertThat(broker.revoke(it.lease("x"), Optional.of(made))).isInstanceOf(Lingering.class);
    }

    @Test
    void anAnswerThatIsNotAboutTheLeaseProvesNothing() {
      var made = ((Made) issue()).credential();
      vault.isAmnesic = true;
      assertThat(broker.revoke(it.lease("x"), Optional.of(made))).isInstanceOf(Lingering.class);
      vault.isAmnesic = false;
      assertThat(broker.revoke(it.lease("x"), Optional.of(made))).isInstanceOf(Gone.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "creds", "sys/leases/revoke", "auth/token/create", "a/../sys/x", "a/b?c=d"})
    void onlyAPathThatMakesCredentialsIsRead(String path) {
      assertThatThrownBy(() -> endpoint(it.vendor.at(""), vault, path))
          .isInstanceOf(InvalidValueException.class);
    }
  }
}
