package dev.remit.e2e;

import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.TrustFile;
import dev.remit.evidence.VerificationReport;
import dev.remit.identity.secret.SealedSecrets;
import dev.remit.json.Json;
import dev.remit.testkit.mcp.FixtureUpstream;
import dev.remit.testkit.people.Keycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One lab and one server for all tests of a run; the server's folder outlives its restarts. */
final class Estate {

  /** What the composition root says: a request may leave so long after its decision. */
  static final Duration SEND_WITHIN = Duration.ofSeconds(5);

  static final Duration SKEW = Duration.ofSeconds(2);

  /** Whose log Remit's own reads for the whole MSP are in. */
  static final String OPERATOR = "_operator";

  static final String HARBOR = "harbor-dental";
  static final String NORTHWIND = "northwind-legal";
  static final String SUMMIT = "summit-freight";
  static final String CHANGE = "service-desk.harbor-dental.production.change";
  static final String CLERK = "asset-clerk.harbor-dental.production.observe";

  static final Path WORKSPACE = Home.TARGET.resolve("workspace");
  static final Path CONFIG = Home.TARGET.resolve("config.json");

  private static @Nullable Estate shared;

  private final Lab lab;
  private final Server server;
  private final Map<String, Agent> agents = new HashMap<>();

  private Estate(Lab lab, Server server) {
    this.lab = lab;
    this.server = server;
  }

  /** The one of this run, running and calm. */
  static synchronized Estate shared() {
    var known = shared;
    if (known == null) {
      var folder = Home.fresh("shared");
      var lab = Lab.start(folder.resolve("lab"));
      var upstream = new FixtureUpstream(device -> Optional.of(1L));
      TestWorkspace.write(WORKSPACE, CONFIG, upstream);
      var server = Server.start(folder.resolve("server"), options(lab));
      known = new Estate(lab, server);
      shared = known;
    }
    known.lab.calm();
    return known;
  }

  /** The same lab with another server on a folder of its own; the caller closes that. */
  Estate withServer(String name) {
    return new Estate(lab, Server.start(Home.fresh(name).resolve("server"), options(lab)));
  }

  /** The same lab with this server, which the caller closes. */
  Estate on(Server other) {
    return new Estate(lab, other);
  }

  /** The same lab with a server whose people sign in at a Keycloak; the caller closes that. */
  Estate withPeopleOf(Keycloak keycloak, String name) {
    var folder = Home.fresh(name);
    var data = folder.resolve("server");
    try {
      Files.createDirectories(data);
      SealedSecrets.open(data).put("keycloak", Keycloak.SECRET.getBytes(StandardCharsets.UTF_8));
      var known = Json.parseObject(Files.readAllBytes(lab.file()));
      var others = known.object("people").orElseThrow().without("msp").without(HARBOR);
      var labFile = write(folder.resolve("lab.json"), known.with("people", others));
      var issuers =
          List.of(
              issuer("staff", keycloak.issuer(Keycloak.MSP)),
              issuer(HARBOR, keycloak.issuer(Keycloak.HARBOR)));
      var config =
          write(
              folder.resolve("config.json"),
              Json.parseObject(Files.readAllBytes(CONFIG))
                  .with("people", Value.object("issuers", issuers)));
      return new Estate(lab, Server.start(data, options(config, labFile)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same lab with a server that tells these of what happens; the caller closes it. */
  Estate withSinks(Map<String, URI> sinks, String name) {
    var folder = Home.fresh(name);
    var data = folder.resolve("server");
    try {
      Files.createDirectories(data);
      var secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
      SealedSecrets.open(data).put("sink", secret.getBytes(StandardCharsets.UTF_8));
      var told =
          sinks.entrySet().stream()
              .<Value>map(sink ->
                  Value.object(
                      "name", sink.getKey(),
                      "for", "msp",
                      "kind", "webhook",
                      "url", sink.getValue().toString(),
                      "secret", "sink"))
              .toList();
      var config =
          write(
              folder.resolve("config.json"),
              Json.parseObject(Files.readAllBytes(CONFIG)).with("sinks", new Value.Array(told)));
      return new Estate(lab, Server.start(data, options(config, lab.file())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Value.Obj issuer(String name, String address) {
    return Value.object(
        "name", name, "issuer", address, "clientId", Keycloak.CLIENT, "secret", "keycloak");
  }

  private static Path write(Path file, Value.Obj content) throws IOException {
    return Files.write(file, Json.bytes(content));
  }

  static List<String> options(Lab lab) {
    return options(CONFIG, lab.file());
  }

  private static List<String> options(Path config, Path lab) {
    return List.of(
        "--connections-every",
        "86400", // nothing is to be tried beside what the tests do
        "--workspace",
        WORKSPACE.toString(),
        "--config",
        config.toString(),
        "--lab",
        lab.toString());
  }

  Lab lab() {
    return lab;
  }

  Server server() {
    return server;
  }

  synchronized Agent agent(String subject) {
    return agents.computeIfAbsent(subject, name -> new Agent(this, name));
  }

  /** What the server exports of a tenant, checked with the key that it handed out. */
  VerificationReport verify(String tenant) {
    var file = Home.fresh("packs-" + tenant).resolve("pack.jsonl");
    try {
      var pack =
          Eventually.is(
              "an export of " + tenant,
              Duration.ofSeconds(5),
              () ->
                  Optional.of(server.people("/v1/evidence/" + tenant))
                      .filter(answer -> answer.status() == 200)
                      .map(Http.Answer::text));
      Files.writeString(file, pack);
      var trust = TrustFile.read(server.data().resolve("log.pub"));
      return EvidencePack.verify(file, Optional.of(trust), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
