package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.people.DataFolder;
import dev.remit.cli.people.PeopleApi;
import dev.remit.cli.process.Installation;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that acts play on: the lab, the server's two listeners, and agents that connect when
 * they are first asked for. Thread safe.
 */
final class Stage implements AutoCloseable {

  /** The tenant that the demo is about. */
  static final String TENANT = "harbor-dental";

  /** What tokens for the server are made out to. */
  private static final String AUDIENCE = "remit";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Value.Obj lab;
  private final DataFolder data;
  private final String machines;
  private final PeopleApi people;
  private final LabControl control;
  private final Issuer issuer;
  private final Map<String, Agent> agents = new ConcurrentHashMap<>();
  private volatile @Nullable Cast cast;
  private final Map<String, String> notes = new ConcurrentHashMap<>();

  Stage(Value.Obj lab, DataFolder data) {
    this.lab = lab;
    this.data = data;
    this.machines = data.server().text("machines").orElse("");
    this.people = data.people();
    this.control = new LabControl(http, lab);
    this.issuer = new Issuer(http, lab);
  }

  /** Waits until the server has read the inventory; without it every target is unknown. */
  void awaitInventory() {
    var question =
        Value.object(
            "agent", Words.CHANGER_ID,
            "taskClass", Words.RESTART,
            "tenant", TENANT,
            "tool", Words.RESTART_TOOL,
            "target", Integer.toString(Words.WORKSTATION));
    Patience.until(
        () -> people.post("/v1/decide", question).text("reason").orElse(""),
        reason -> !reason.equals("target-unknown"));
  }

  LabControl lab() {
    return control;
  }

  /** The RMM itself, for who goes around Remit. */
  Rmm rmm() {
    return new Rmm(http, lab);
  }

  AssetRoles assetRoles() {
    return new AssetRoles(lab);
  }

  PeopleApi people() {
    return people;
  }

  DataFolder data() {
    return data;
  }

  Path scratch(String name) {
    return data.path().resolve(name);
  }

  RawMcp raw() {
    return new RawMcp(http, machines);
  }

  /** The example workspace, as the repository has it. */
  Path example() {
    return Installation.current().root().resolve("examples/msp");
  }

  /** The agent with this subject at the issuer; one connection for the whole demo. */
  Agent agent(String subject) {
    return agents.computeIfAbsent(subject, name -> agentAt(machines, name));
  }

  /** The workload with this subject and a token that is bound to this key. */
  BoundAgent boundAgent(String subject, DpopKey key) {
    String token = issuer.token(subject, AUDIENCE, Optional.of(key));
    return new BoundAgent(http, machines, token, key);
  }

  /** The same workload with a key of its own at another server; whoever asks closes it. */
  Agent agentAt(String other, String subject) {
    var key =
        subject.equals(Words.CLERK)
            ? Optional.<DpopKey>empty()
            : Optional.of(DpopKey.generate(new SecureRandom()));
    return Agent.connect(other, new Shown(issuer.token(subject, AUDIENCE, key), key));
  }

  /** The demo's SPIFFE trust domain. */
  Svids svids() {
    return new Svids(Troupe.svids(data.path()));
  }

  /** The machines' listener over TLS. */
  String machinesTls() {
    return data.server().text("machinesTls").orElse("");
  }

  /** The evidence of a task. */
  Trail trail(String task) {
    return Trail.read(people, TENANT, task, Instant.EPOCH);
  }

  /** The evidence of a task since a moment. */
  Trail trail(String task, Instant since) {
    return Trail.read(people, TENANT, task, since);
  }

  /** Keeps a word for a later act, such as a task's handle. */
  void note(String name, String word) {
    notes.put(name, word);
  }

  /** A word that an earlier act kept. */
  String noted(String name) {
    String word = notes.get(name);
    if (word == null) {
      throw new IllegalStateException("an earlier act did not get far enough to tell the " + name);
    }
    return word;
  }

  /** The people whose keys are registered. */
  Cast cast() {
    if (cast == null) {
      throw new IllegalStateException("an earlier act did not get people their keys");
    }
    return cast;
  }

  void gathered(Cast people) {
    cast = people;
  }

  /** The accounts at the issuer of an organisation. */
  List<Value.Obj> accounts(String organisation) {
    var accounts =
        lab.object("people")
            .flatMap(people -> people.object(organisation))
            .map(issuer -> issuer.items("accounts"))
            .orElse(List.of());
    return LabControl.objects(new Value.Array(accounts));
  }

  /** The status with which the people's site answers somebody with this token. */
  int asPerson(String token, String path) {
    var request =
        HttpRequest.newBuilder(URI.create(data.server().text("people").orElseThrow() + path))
            .header("Authorization", "Bearer " + token)
            .GET()
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw CommandException.broken("the people's site does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  @Override
  public void close() {
    agents.values().forEach(Agent::close);
    http.close();
  }
}
