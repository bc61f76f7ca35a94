package dev.remit.server;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.TrustedIssuer;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server's own configuration says of the world: endpoints and issuers. The workspace names
 * them and can never bring one.
 *
 * <p>A JSON file: {@code {"endpoints": {NAME: {...}}, "issuers": [...]}}; see {@link
 * OutsideMachines}. On a lab estate the lab's own description is added to it.
 *
 * @param endpoints by name
 * @param issuers by the name that the workspace uses
 * @param people where people find the server, and their issuers
 * @param notices where people are told that something waits
 * @param witnesses who is asked to cosign the logs of tenants
 * @param machines trust domains, and the machines' listener over TLS
 */
record Outside(
    Map<String, Endpoint> endpoints,
    Map<String, TrustedIssuer> issuers,
    OutsidePeople people,
    OutsideNotices notices,
    OutsideWitnesses witnesses,
    OutsideMachines machines) {

  /** Without people. */
  Outside(Map<String, Endpoint> endpoints, Map<String, TrustedIssuer> issuers) {
    this(
        endpoints,
        issuers,
        OutsidePeople.NONE,
        OutsideNotices.NONE,
        new OutsideWitnesses(List.of()),
        OutsideMachines.NONE);
  }

  /** The audience that tokens for this server name unless configuration says otherwise. */
  static final String AUDIENCE = "remit";

  /** Where a system is; {@code kind} is that of the connectors which may use it. */
  sealed interface Endpoint {}

  /**
   * An HTTP system with an OAuth client.
   *
   * @param secret the name of the sealed secret, unless {@code inline} holds it (lab only)
   */
  record Http(
      URI base,
      URI token,
      URI revoke,
      Optional<URI> introspect,
      String clientId,
      String secret,
      Optional<String> inline)
      implements Endpoint {
    @Override
    public String toString() {
      return "Http[" + base + "]";
    }
  }

  /**
   * An HTTP system that knows standing keys alone.
   *
   * @param secret the name of the sealed key
   */
  record Key(URI base, String header, String scheme, String secret) implements Endpoint {}

  /**
   * An HTTP system whose credentials a secrets engine makes.
   *
   * @param token the name of the sealed token of the broker
   */
  record Vault(
      URI base, String header, String scheme, URI vault, String path, String field, String token)
      implements Endpoint {}

  /** A PostgreSQL with a role that may make roles. */
  record Postgres(String jdbcUrl, String user, String secret, Optional<String> inline)
      implements Endpoint {
    @Override
    public String toString() {
      return "Postgres[" + jdbcUrl + "]";
    }
  }

  /**
   * An upstream MCP server.
   *
   * @param secret the name of the sealed bearer that it wants, if it wants one
   */
  record Mcp(URI url, Optional<String> secret) implements Endpoint {}

  /** A directory over LDAP. */
  record Ldap(OutsideDirectory directory) implements Endpoint {}

  /** Hosts that run OpenSSH. */
  record Ssh(OutsideHosts hosts) implements Endpoint {}

  /**
   * OPA, for decisions.
   *
   * @param secret the name of the sealed bearer that it wants, if it wants one
   */
  record Opa(URI base, Optional<String> secret) implements Endpoint {}

  /** Reads the configuration file and, on a lab estate, the lab's description. */
  static Outside read(Optional<Path> config, Optional<Path> lab) {
    var endpoints = new HashMap<String, Endpoint>();
    var issuers = new HashMap<String, TrustedIssuer>();
    var settings = config.map(Outside::object);
    var estate = lab.map(Outside::object);
    settings.ifPresent(file -> configured(file, endpoints, issuers));
    estate.ifPresent(file -> ofLab(file, endpoints, issuers));
    var ours = settings.map(OutsidePeople::configured).orElse(OutsidePeople.NONE);
    var people = estate.map(ours::withLab).orElse(ours);
    return new Outside(
        Map.copyOf(endpoints),
        Map.copyOf(issuers),
        people,
        settings.map(OutsideNotices::configured).orElse(OutsideNotices.NONE),
        OutsideWitnesses.configured(settings.orElse(Value.Obj.EMPTY)),
        settings.map(OutsideMachines::configured).orElse(OutsideMachines.NONE));
  }

  private static void configured(
      Value.Obj file, Map<String, Endpoint> endpoints, Map<String, TrustedIssuer> issuers) {
    file.object("endpoints")
        .orElse(Value.Obj.EMPTY)
        .members()
        .forEach((name, value) -> endpoints.put(name, endpoint(name, value)));
    for (var item : file.items("issuers")) {
      if (item instanceof Value.Obj issuer) {
        issuers.put(need(issuer, "name"), OutsideMachines.issuer(issuer));
      }
    }
  }

  private static Endpoint endpoint(String name, Value value) {
    if (!(value instanceof Value.Obj endpoint)) {
      throw new InvalidValueException("endpoint `" + name + "` must be an object");
    }
    return switch (need(endpoint, "kind")) {
      case "http" ->
          new Http(
              URI.create(need(endpoint, "baseUrl")),
              URI.create(need(endpoint, "tokenUrl")),
              URI.create(need(endpoint, "revokeUrl")),
              endpoint.text("introspectUrl").map(URI::create),
              need(endpoint, "clientId"),
              need(endpoint, "secret"),
              Optional.empty());
      case "http-key" ->
          new Key(
              URI.create(need(endpoint, "baseUrl")),
              need(endpoint, "header"),
              endpoint.text("scheme").orElse(""),
              need(endpoint, "secret"));
      case "http-vault" ->
          new Vault(
              URI.create(need(endpoint, "baseUrl")),
              need(endpoint, "header"),
              endpoint.text("scheme").orElse(""),
              URI.create(need(endpoint, "vaultUrl")),
              need(endpoint, "path"),
              need(endpoint, "field"),
              need(endpoint, "secret"));
      case "postgres" ->
          new Postgres(
              need(endpoint, "jdbcUrl"),
              need(endpoint, "user"),
              need(endpoint, "secret"),
              Optional.empty());
      case "mcp" -> new Mcp(URI.create(need(endpoint, "url")), endpoint.text("secret"));
      case "ldap" -> new Ldap(OutsideDirectory.configured(endpoint));
      case "ssh" -> new Ssh(OutsideHosts.configured(endpoint));
      case "opa" -> new Opa(URI.create(need(endpoint, "baseUrl")), endpoint.text("secret"));
      default ->
          throw new InvalidValueException(
              "endpoint `"
                  + name
                  + "` has a kind other than http, http-key, http-vault, postgres, mcp, ldap, ssh or opa");
    };
  }

  private static void ofLab(
      Value.Obj lab, Map<String, Endpoint> endpoints, Map<String, TrustedIssuer> issuers) {
    for (String name : List.of("rmm", "psa", "monitoring")) {
      var vendor = lab.object(name).orElseThrow();
      endpoints.put(
          name,
          new Http(
              URI.create(need(vendor, "baseUrl")),
              URI.create(need(vendor, "tokenUrl")),
              URI.create(need(vendor, "revokeUrl")),
              vendor.text("introspectUrl").map(URI::create),
              need(vendor, "clientId"),
              "lab-" + name,
              vendor.text("clientSecret")));
    }
    var assets = lab.object("assets").orElseThrow();
    long port = assets.integer("port").orElseThrow();
    endpoints.put(
        "assets",
        new Postgres(
            "jdbc:postgresql://"
                + need(assets, "host")
                + ":"
                + port
                + "/"
                + need(assets, "database"),
            need(assets, "brokerUser"),
            "lab-assets",
            assets.text("brokerPassword")));
    lab.object("directory")
        .ifPresent(
            directory -> endpoints.put("directory", new Ldap(OutsideDirectory.ofLab(directory))));
    var oidc = lab.object("oidc").orElseThrow();
    issuers.put(
        "lab",
        TrustedIssuer.of(need(oidc, "issuer"), URI.create(need(oidc, "jwksUri")), AUDIENCE)
            .asLab());
  }

  /** What tokens call the issuers, sorted. */
  List<String> issuerNames() {
    return trusted().stream().map(TrustedIssuer::issuer).sorted().toList();
  }

  /** The issuers as a list for the authenticator. */
  List<TrustedIssuer> trusted() {
    return List.copyOf(issuers.values());
  }

  private static Value.Obj object(Path file) {
    try {
      return Json.parseObject(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  private static String need(Value.Obj object, String name) {
    return object
        .text(name)
        .orElseThrow(() -> new InvalidValueException("`" + name + "` is missing in configuration"));
  }
}
