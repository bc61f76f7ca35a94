package dev.remit.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.testkit.BrokerContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class BearerBrokerTest extends BrokerContract {
  @Override
  protected Target newTarget() {
    return new OAuthTarget();
  }

  private static final class OAuthTarget implements Target {
    private final HttpFixture it = new HttpFixture();
    private boolean isAway;

    OAuthTarget() {
      it.vendor.on("GET /v2/device/7", "{\"id\":7,\"organizationId\":1}");
    }

    @Override
    public Broker broker() {
      return it.connector.broker();
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
      return !isAway
          && it.vendor.tokens.containsKey(secret(credential))
          && it.clock.instant().isBefore(((BearerCredential) credential).expiresAt());
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
      isAway = true;
      it.vendor.isAway = true;
    }

    @Override
    public void bringBack() {
      isAway = false;
      it.vendor.isAway = false;
    }

    @Override
    public void withdrawRights() {
      it.vendor.tokenReply =
          Optional.of(new ScriptedVendor.Json(401, "{\"error\":\"invalid_client\"}"));
    }

    @Override
    public void passEnds() {
      it.clock.advance(Duration.ofHours(1));
    }

    @Override
    public String secret(Credential credential) {
      return ((BearerCredential) credential).token();
    }

    @Override
    public void close() {
      it.close();
    }
  }

  @Nested
  final class Tokens {
    private final HttpFixture it = new HttpFixture();
    private final Broker broker = it.connector.broker();

    private Broker.Issued issue() {
      return broker.issue(it.lease("x"));
    }

    private void answer(String json) {
      it.vendor.tokenReply = Optional.of(new ScriptedVendor.Json(200, json));
    }

    @Test
    void aTokenThatOutlivesItsLeaseIsRevokedAndNotHandedOut() {
      it.vendor.tokenLife = 3600;
      assertThat(issue()).isInstanceOf(Broker.NotMade.class);
      assertThat(it.vendor.tokens).isEmpty();
      it.close();
    }

    @Test
    void aTokenThatOutlivesItsLeaseAndCannotBeRevokedIsUncertain() {
      it.vendor.tokenLife = 3600;
      it.vendor.isRevokingDeaf = true;
      assertThat(issue()).isInstanceOf(Broker.Uncertain.class);
      it.close();
    }

    @Test
    void anAnswerThatCannotBeUnderstoodIsUncertain() {
      answer("{\"token_type\":\"Bearer\",\"expires_in\":60}");
      assertThat(issue()).isInstanceOf(Broker.Uncertain.class);
      answer("{\"access_token\":\"a b\\n\",\"token_type\":\"Bearer\",\"expires_in\":60}");
      assertThat(issue()).isInstanceOf(Broker.Uncertain.class);
      answer("[]");
      assertThat(issue()).isInstanceOf(Broker.Uncertain.class);
      it.vendor.tokenReply = Optional.of(new ScriptedVendor.Reset());
      assertThat(issue()).isInstanceOf(Broker.Uncertain.class);
      it.vendor.tokenReply = Optional.of(new ScriptedVendor.Redirect("/v2/me"));
      assertThat(issue()).isInstanceOf(Broker.Uncertain.class);
      it.close();
    }

    @Test
    void aTokenWithoutEndIsNotHandedOut() {
      answer("{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}");
      assertThat(issue()).isNotInstanceOf(Broker.Made.class);
      answer("{\"access_token\":\"abc\",\"token_type\":\"mac\",\"expires_in\":60}");
      assertThat(issue()).isNotInstanceOf(Broker.Made.class);
      it.close();
    }

    @Test
    void hostileCase11ARevocationThatOnlySaysOkIsNotBelieved() {
      it.vendor.isRevokingDeaf = true;
      var lease = it.lease("x");
      var credential = it.credential();
      assertThat(broker.revoke(lease, Optional.of(credential)))
          .isInstanceOf(Broker.Lingering.class);
      it.clock.advance(Duration.ofMinutes(5));
      assertThat(broker.revoke(lease, Optional.of(credential))).isInstanceOf(Broker.Gone.class);
      it.close();
    }

    @Test
    void hostileCase04NoScopeIsNotAllScopes() {
      var lease = it.lease("x");
      var empty =
          new Lease(
              lease.id(),
              lease.tenant(),
              lease.connector(),
              lease.principal(),
              lease.task(),
              dev.remit.core.value.Value.object("scope", java.util.List.of()),
              lease.end(),
              lease.replica(),
              lease.state());
      assertThat(broker.issue(empty)).isInstanceOf(Broker.NotMade.class);
      assertThat(it.vendor.seen).isEmpty();
      it.close();
    }

    @Test
    void aLeaseHoldsOnlyTheScopesOfItsTool() {
      assertThat(it.connector.readScope().items("scope")).hasSize(1);
      assertThat(dev.remit.json.Json.text(it.connector.scope(it.restart, HttpFixture.HARBOR)))
          .isEqualTo("{\"scope\":[\"control\",\"monitoring\"]}");
      assertThat(dev.remit.json.Json.text(it.connector.scope(it.read, HttpFixture.HARBOR)))
          .isEqualTo("{\"scope\":[\"monitoring\"]}");
      it.close();
    }

    @Test
    void withoutIntrospectionAHarmlessRequestMustBeRefused() {
      try (var connector = it.withoutIntrospection()) {
        it.vendor.on("GET /v2/me", "{}");
        var lease = it.lease("x");
        var credential = ((Broker.Made) connector.broker().issue(lease)).credential();
        it.vendor.isRevokingDeaf = true;
        assertThat(connector.broker().revoke(lease, Optional.of(credential)))
            .isInstanceOf(Broker.Lingering.class);
        it.vendor.isRevokingDeaf = false;
        assertThat(connector.broker().revoke(lease, Optional.of(credential)))
            .isInstanceOf(Broker.Gone.class);
      }
      it.close();
    }
  }
}
