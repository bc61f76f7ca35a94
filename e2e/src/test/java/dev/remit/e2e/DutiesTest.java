package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do beside answering calls: they keep and erase evidence, and launch agents. */
class DutiesTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int DEVICE = 1002;

  private static Estate estate;
  private static People people;
  private static Person overseer;
  private static Person operator;

  @BeforeAll
  static void gather() {
    var office = Office.shared();
    estate = office.estate();
    people = office.people();
    overseer = office.overseer();
    operator = office.operator();
  }

  private static Optional<Value.Obj> entry(String id) {
    return estate
        .server()
        .people("/v1/trail?limit=1000&tenant=" + Estate.HARBOR)
        .object()
        .items("entries")
        .stream()
        .map(Value.Obj.class::cast)
        .filter(
            entry -> entry.object("leaf").flatMap(leaf -> leaf.text("id")).equals(Optional.of(id)))
        .findFirst();
  }

  private static boolean hasBody(String id) {
    return entry(id)
        .flatMap(entry -> entry.object("body"))
        .filter(b -> !b.members().isEmpty())
        .isPresent();
  }

  /** An intent with what was asked for in it, once it is in the log. */
  private static String intent() {
    var agent = estate.agent(Estate.CHANGE);
    var task = agent.open("restart-service", estate.lab().ticket(1, DEVICE), Calls.device(DEVICE));
    assertThat(agent.call(Calls.RESTART, Calls.restart(task, DEVICE)).outcome())
        .isEqualTo("succeeded");
    var id =
        Leaves.of(estate.server().trail(Estate.HARBOR, Optional.of(task)), "intent")
            .getLast()
            .text("id")
            .orElseThrow();
    Eventually.holds(
        "the entry is in the log",
        SOON,
        () -> entry(id).flatMap(entry -> entry.integer("index")).isPresent());
    return id;
  }

  private static String told(Cli.Ended ended, String name) {
    assertThat(ended.code()).as(ended.output() + ended.errors()).isZero();
    return Json.parseObject(ended.output()).text(name).orElseThrow();
  }

  private static void grantedByBoth(String handle) {
    assertThat(people.approver().grant(Estate.HARBOR, handle)).isEqualTo("open");
    assertThat(people.administrator().grant(Estate.HARBOR, handle)).isEqualTo("consumed");
  }

  @Test
  void aHoldStopsAnErasureAndTwoOrganisationsGrantBothItsEndAndTheErasure() {
    var entry = intent();
    assertThat(hasBody(entry)).isTrue();
    var cli = Cli.of(operator, estate.server().site(), "duties-cli");
    String[] at = {"--tenant", Estate.HARBOR, "--json", "--reason", "a lawsuit"};

    var hold = told(cli.run(with(at, "evidence", "hold")), "hold");
    assertThat(cli.run("evidence", "holds", "--tenant", Estate.HARBOR).output())
        .contains(hold, "a lawsuit", operator.id());
    var refused = cli.run(with(at, "evidence", "erase", entry));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errors()).contains("a legal hold is in force");
    assertThat(cli.run(with(at, "evidence", "release", "no-such-hold")).code()).isEqualTo(1);
    assertThat(cli.run(with(at, "evidence", "release", "../" + hold)).code()).isEqualTo(2);

    grantedByBoth(told(cli.run(with(at, "evidence", "release", hold)), "waitsFor"));
    assertThat(cli.run("evidence", "holds", "--tenant", Estate.HARBOR).output())
        .contains("no hold is in force");

    var erasure = told(cli.run(with(at, "evidence", "erase", entry)), "waitsFor");
    assertThat(operator.challenge(Estate.HARBOR, erasure)).isEmpty();
    assertThat(people.stranger().challenge(Estate.HARBOR, erasure)).isEmpty();
    assertThat(people.approver().grant(Estate.HARBOR, erasure)).isEqualTo("open");
    assertThat(hasBody(entry)).as("one answer erases nothing").isTrue();
    assertThat(people.administrator().grant(Estate.HARBOR, erasure)).isEqualTo("consumed");

    assertThat(hasBody(entry)).isFalse();
    assertThat(entry(entry).flatMap(one -> one.get("erased"))).contains(Value.of(true));
    var leaves = estate.server().trail(Estate.HARBOR);
    assertThat(Leaves.of(leaves, "legal-hold-set")).hasSize(1);
    assertThat(Leaves.of(leaves, "legal-hold-lifted")).hasSize(1);
    assertThat(Leaves.of(leaves, "bodies-erased"))
        .singleElement()
        .satisfies(leaf -> assertThat(Leaves.field(leaf, "entry")).isEqualTo(entry));
    var report = estate.verify(Estate.HARBOR);
    assertThat(report.isVerified()).as(String.join("\n", report.lines())).isTrue();
    assertThat(report.counts().absentBodies()).isEqualTo(1);
    assertThat(cli.run(with(at, "evidence", "erase", entry)).code())
        .as("asking again harms nothing")
        .isIn(0, 1);
  }

  private static String[] with(String[] options, String... command) {
    var all = new java.util.ArrayList<>(List.of(command));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private static final String CLERK = "/v1/agents/asset-clerk";

  private static String state() {
    return operator.read(CLERK).object().text("state").orElse("");
  }

  private static Value.Obj because(String reason) {
    return Value.object("reason", reason);
  }

  private static Agent.Result ask() {
    return estate
        .agent(Estate.CLERK)
        .tryOpen("query-assets", estate.lab().ticket(1, 0), List.of(Calls.HARBOR_ASSETS));
  }

  @Test
  void anAgentThatWasStoppedWorksAgainOnceItsOwnerAndAnOverseerSigned() {
    assertThat(state()).isEqualTo("active");
    assertThat(operator.post(CLERK + "/suspend", because("it fumbles")).status()).isEqualTo(200);
    assertThat(state()).isEqualTo("suspended");
    Eventually.holds("the agent hears it", SOON, () -> ask().words().contains("agent-not-active"));

    var asked = operator.post(CLERK + "/launch", because("its prompt was mended"));
    assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    var handle = asked.object().text("waitsFor").orElseThrow();
    for (var other : List.of(operator, people.technician(), people.approver())) {
      assertThat(other.challenge(Estate.OPERATOR, handle)).as(other.id()).isEmpty();
    }
    assertThat(people.administrator().grant(Estate.OPERATOR, handle)).isEqualTo("open");
    assertThat(state()).as("the owner alone launches nothing").isEqualTo("suspended");
    assertThat(overseer.grant(Estate.OPERATOR, handle)).isEqualTo("consumed");

    assertThat(state()).isEqualTo("active");
    Eventually.holds("the agent works", SOON, DutiesTest::opened);
    assertThat(Leaves.of(estate.server().trail(Estate.OPERATOR), "agent-launched"))
        .last()
        .satisfies(leaf -> {
          assertThat(Leaves.field(leaf, "agentClass")).isEqualTo("asset-clerk");
          assertThat(Leaves.field(leaf, "cause")).isEqualTo("launch");
        });
  }

  private static boolean opened() {
    return ask().result().object("structuredContent").flatMap(it -> it.text("task")).isPresent();
  }
}
