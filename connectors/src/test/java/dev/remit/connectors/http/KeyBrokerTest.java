package dev.remit.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.connectors.common.Pause;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.InvalidValueException;
import dev.remit.json.Json;
import dev.remit.testkit.BrokerContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The standing key of a vendor, lent for one lease at a time. */
final class KeyBrokerTest extends BrokerContract {
  private static final String KEY = "standing-key-of-the-vendor";
  private static final Pause NO_PAUSE = (time, cut) -> {};

  @Override
  protected Target newTarget() {
    return new KeyTarget();
  }

  private static String spec(String broker) {
    return HttpFixture.SPEC.replace("\"kind\": \"oauth-client\"", "\"kind\": \"" + broker + "\"");
  }

  private static HttpConnector connector(
      HttpFixture it, String broker, ScopeTruth truth, KeyEndpoint endpoint) {
    return new HttpConnector(
        new ConnectorSpec(
            HttpFixture.RMM, "RMM", "http", "ops", truth, "rmm", Json.parseObject(spec(broker))),
        List.of(it.read),
        endpoint,
        it.clock,
        NO_PAUSE);
  }

  private static final class KeyTarget implements Target {
    private final HttpFixture it = new HttpFixture();
    private final TargetRef device = new TargetRef(HttpFixture.RMM, "device", "7");
    private Optional<String> sealed = Optional.of(KEY);
    private final HttpConnector connector =
        KeyBrokerTest.connector(
            it,
            "sealed-key",
            ScopeTruth.NONE,
            new KeyEndpoint(
                it.vendor.at(""), "Authorization", "Bearer", () -> sealed.orElseThrow()));

    KeyTarget() {
      it.vendor.tokens.put(KEY, "");
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

    @Override
    public boolean works(Credential credential) {
      try {
        return connector.read(device, credential).isPresent();
      } catch (VendorException e) {
        return false;
      }
    }

    @Override
    public boolean hasNames() {
      return false;
    }

    @Override
    public boolean endsByName() {
      return true;
    }

    @Override
    public boolean endsAtTarget() {
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
      sealed = Optional.empty();
    }

    @Override
    public void bringBack() {
      sealed = Optional.of(KEY);
    }

    @Override
    public void withdrawRights() {
      sealed = Optional.of("");
    }

    @Override
    public void passEnds() {
      it.clock.advance(Duration.ofHours(1));
    }

    @Override
    public String secret(Credential credential) {
      return KEY;
    }

    @Override
    public void close() {
      connector.close();
      it.close();
    }
  }

  @Nested
  final class Keys {
    private final HttpFixture it = new HttpFixture();

    @AfterEach
    void close() {
      it.close();
    }

    private KeyEndpoint endpoint(String header, String scheme, String key) {
      return new KeyEndpoint(it.vendor.at(""), header, scheme, () -> key);
    }

    private Broker.Issued issued(String key) {
      return new KeyBroker(endpoint("X-Api-Key", "", key), it.clock).issue(it.lease("x"));
    }

    @Test
    void oneLeaseHasTheKeyOnce() {
      var broker = new KeyBroker(endpoint("X-Api-Key", "", KEY), it.clock);
      assertThat(broker.issue(it.lease("x"))).isInstanceOf(Broker.Made.class);
      assertThat(broker.issue(it.lease("x"))).isInstanceOf(Broker.NotMade.class);
    }

    @Test
    void anEndedLeaseHoldsNoKeyAnyMore() {
      var broker = new KeyBroker(endpoint("X-Api-Key", "", KEY), it.clock);
      var lease = it.lease("x");
      var held = (KeyCredential) ((Broker.Made) broker.issue(lease)).credential();
      assertThat(held.loginAt(it.clock.instant()))
          .contains(new HttpCredential.Login("X-Api-Key", KEY, KEY));
      assertThat(held.loginAt(lease.end())).isEmpty();
      broker.revoke(lease, Optional.empty());
      assertThat(held.loginAt(it.clock.instant())).isEmpty();
      assertThat(held.secrets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "short", "two words of a key", "key-with\r\nHost: evil", "schlüssel-ü"})
    void whatIsNoKeyIsNotSent(String key) {
      assertThat(issued(key)).isInstanceOf(Broker.NotMade.class);
      assertThat(issued(key).toString()).doesNotContain("evil").doesNotContain("two words of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host", "content-length", "X Api", "X-Api:", "X\r\nHost"})
    void noHeaderIsTakenThatIsNotForKeys(String header) {
      assertThatThrownBy(() -> endpoint(header, "", KEY)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void theWorkspaceMustSayThatItIsAKeyAndThatTheVendorHoldsNoLine() {
      var endpoint = endpoint("X-Api-Key", "", KEY);
      assertThatThrownBy(() -> connector(it, "oauth-client", ScopeTruth.NONE, endpoint))
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("sealed-key");
      assertThatThrownBy(() -> connector(it, "sealed-key", ScopeTruth.VENDOR_ENFORCED, endpoint))
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("scope-truth");
    }

    @Test
    void nothingShowsTheKey() {
      var endpoint = endpoint("X-Api-Key", "", KEY);
      var made = new KeyBroker(endpoint, it.clock).issue(it.lease("x"));
      assertThat(made.toString() + endpoint + new HttpCredential.Login("X", KEY, KEY))
          .doesNotContain(KEY);
    }
  }
}
