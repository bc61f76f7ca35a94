package dev.remit.lab;

import dev.remit.lab.assets.AssetCluster;
import dev.remit.lab.http.Json;
import dev.remit.lab.people.PeopleIssuers;
import io.helidon.webserver.WebServer;
import java.util.Map;

/** What `lab.json` says: where everything is, and the secrets to use it. */
final class Description {
  private final WebServer server;
  private final Secrets secrets;

  Description(WebServer server, Secrets secrets) {
    this.server = server;
    this.secrets = secrets;
  }

  Map<String, Object> of(long seed, int assetsPort, PeopleIssuers people) {
    return Json.object(
        "rmm", vendor("rmm"),
        "psa", vendor("psa"),
        "monitoring", vendor("monitoring"),
        "assets", assets(assetsPort),
        "oidc", oidc(),
        "people", people.description(),
        "control",
            Json.object(
                "baseUrl", Listeners.url(server, "control"), "key", secrets.get("control.key")),
        "seed", seed);
  }

  private Map<String, Object> vendor(String name) {
    String base = Listeners.url(server, name);
    return Json.object(
        "baseUrl",
        base,
        "tokenUrl",
        base + "/ws/oauth/token",
        "revokeUrl",
        base + "/ext/oauth/revoke",
        "introspectUrl",
        base + "/ext/oauth/introspect",
        "clientId",
        Lab.BROKER,
        "clientSecret",
        secrets.get(name + ".client"));
  }

  private Map<String, Object> assets(int port) {
    return Json.object(
        "host",
        "127.0.0.1",
        "port",
        port,
        "database",
        AssetCluster.DATABASE,
        "brokerUser",
        AssetCluster.BROKER,
        "brokerPassword",
        secrets.get("assets.broker"),
        "superUser",
        AssetCluster.SUPER_USER,
        "superPassword",
        secrets.get("assets.super"));
  }

  private Map<String, Object> oidc() {
    String base = Listeners.url(server, "oidc");
    return Json.object(
        "issuer",
        base,
        "jwksUri",
        base + "/jwks",
        "tokenUrl",
        base + "/token",
        "clients",
        secrets.agents());
  }
}
