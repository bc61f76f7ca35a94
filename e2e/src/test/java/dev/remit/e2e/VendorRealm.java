package dev.remit.e2e;

import dev.remit.connectors.common.Pause;
import dev.remit.connectors.http.HttpConnector;
import dev.remit.connectors.http.HttpEndpoint;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.testkit.people.Keycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A realm of a real Keycloak as a vendor: tokens of its service account are what is leased. */
final class VendorRealm implements AutoCloseable {
  private static final ConnectorId ID = new ConnectorId("vendor");
  private static final int AGAIN = 10;

  private final String realm;
  private final HttpConnector connector;

  /** The MSP's realm; {@code secret} is what the client is held to be. */
  VendorRealm(Keycloak keycloak, String secret) {
    this.realm = keycloak.issuer(Keycloak.MSP);
    var settings =
        Value.object(
            "broker",
            Value.object("kind", "oauth-client", "life", "60s", "scopes", List.of("openid")));
    this.connector =
        new HttpConnector(
            new ConnectorSpec(
                ID, "vendor", "http", "ops", ScopeTruth.BROKER_ENFORCED, "vendor", settings),
            List.of(),
            new HttpEndpoint(
                URI.create(realm),
                at("token"),
                at("revoke"),
                Optional.of(at("token/introspect")),
                Keycloak.SERVICE,
                () -> secret),
            InstantSource.system(),
            Pause.real());
  }

  private URI at(String path) {
    return URI.create(realm + "/protocol/openid-connect/" + path);
  }

  /** Asked again where a busy machine left no clear answer in the broker's own time. */
  Broker.Issued issue(Lease lease) {
    var issued = connector.broker().issue(lease);
    for (int i = 0; i < AGAIN && issued instanceof Broker.Uncertain; i++) {
      issued = connector.broker().issue(lease);
    }
    return issued;
  }

  /** The same. */
  Broker.Ended revoke(Lease lease, Credential credential) {
    var ended = connector.broker().revoke(lease, Optional.of(credential));
    for (int i = 0; i < AGAIN && ended instanceof Broker.Lingering; i++) {
      ended = connector.broker().revoke(lease, Optional.of(credential));
    }
    return ended;
  }

  /** A lease of this scope for so long. */
  Lease lease(String scope, Duration life) {
    return new Lease(
        new LeaseId("one"),
        new TenantId("harbor-dental"),
        ID,
        "remit_e2e_one",
        Optional.empty(),
        Value.object("scope", List.of(scope)),
        InstantSource.system().instant().plus(life),
        "e2e",
        Lease.State.INTENDED);
  }

  /** Whether the realm takes the token: what is about the account is told. */
  boolean works(Credential credential) {
    var token = credential.secrets().getFirst();
    var request =
        HttpRequest.newBuilder(at("userinfo"))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(30))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    connector.close();
  }
}
