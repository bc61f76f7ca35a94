package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the people's listener, asked for by every kind of caller. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsWalkTest {

  private static final String NOBODY = "anonymous";
  private static final String WORKLOAD = "workload";
  private static final String OPERATOR = "operator's-token";
  private static final String MSP_ANY = "approver operator overseer author administrator";
  private static final String EVERY_PERSON =
      MSP_ANY + " no-function harbor-approver harbor-clerk summit-approver pretender";

  /** Command lines that people let act for them. */
  private static final String MSP_CLI = " cli-operator cli-approver";

  private static final String CLI = MSP_CLI + " cli-harbor-approver";
  private static final String EVERYBODY =
      "anonymous workload operator's-token " + EVERY_PERSON + CLI;

  private static final Map<String, Person> PEOPLE = people();

  private static Map<String, Person> people() {
    var people = new LinkedHashMap<String, Person>();
    people.put("approver", Team.APPROVER);
    people.put("operator", Team.OPERATOR);
    people.put("overseer", Team.OVERSEER);
    people.put("author", Team.AUTHOR);
    people.put("administrator", Team.ADMINISTRATOR);
    people.put("no-function", Team.NOBODY);
    people.put("harbor-approver", Team.HARBOR_APPROVER);
    people.put("harbor-clerk", Team.HARBOR_CLERK);
    people.put("summit-approver", Team.SUMMIT_APPROVER);
    people.put("pretender", Team.PRETENDER);
    return people;
  }

  /**
   * One operation as it is asked for at Harbor Dental.
   *
   * @param described its path in the API's description
   * @param may who is let through, by name; everybody else is refused
   */
  record Operation(String method, String described, String path, String body, String may) {

    Set<String> allowed() {
      return Set.of(may.split(" "));
    }

    boolean lets(String caller) {
      return allowed().contains(caller);
    }
  }

  private static final String ANSWER =
      "{\"verdict\":\"grant\",\"assertion\":{\"credentialId\":\"a\",\"clientDataJson\":\"a\","
          + "\"authenticatorData\":\"a\",\"signature\":\"good\"}}";

  private static final String CALL =
      "{\"tenant\":\"harbor-dental\",\"task\":\"task-1\",\"tool\":\"rmm_restart_service\"}";

  private static final String STANDING =
      "{\"tenant\":\"harbor-dental\",\"agent\":\"service-desk/harbor-dental/production/change\","
          + "\"taskClass\":\"k\",\"tool\":\"t\",\"arguments\":{},\"uses\":2,\"days\":1,"
          + "\"reason\":\"x\"}";

  private static Operation get(String described, String query, String may) {
    String path =
        described
            .replace("{tenant}", "harbor-dental")
            .replace("{proposal}", "proposal-1")
            .replace("{task}", "task-1")
            .replace("{call}", "call-1")
            .replace("{hold}", "hold-1")
            .replace("{entry}", "entry-1")
            .replace("{agent}", "service-desk")
            .replace("{issuer}", "staff");
    return new Operation("GET", described, path + query, "", may);
  }

  private static Operation post(String described, String body, String may) {
    return new Operation("POST", described, get(described, "", may).path(), body, may);
  }

  private static List<Operation> operations() {
    return Stream.of(ofReading(), ofAnswers(), ofAgents(), ofStops(), ofWork(), ofCustody())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Operation> ofReading() {
    String token = "operator's-token ";
    String harbor = " harbor-approver";
    return List.of(
        get("/v1/trail", "?tenant=harbor-dental", token + MSP_ANY + harbor + CLI),
        get("/v1/evidence/{tenant}", "", token + MSP_ANY + harbor + CLI),
        get("/v1/evidence/{tenant}/receipts/{call}", "", token + MSP_ANY + harbor + CLI),
        get("/v1/leases", "", token + MSP_ANY + MSP_CLI),
        get("/v1/posture", "", token + MSP_ANY + MSP_CLI),
        get("/v1/tenants", "", token + EVERY_PERSON + CLI),
        get("/v1/me", "", EVERY_PERSON + CLI),
        get("/v1/keys", "", EVERY_PERSON),
        post("/v1/keys/options", "{}", EVERY_PERSON),
        get("/signin", "", EVERYBODY),
        get("/signin/start/{issuer}", "", EVERYBODY),
        get("/openapi.yaml", "", EVERYBODY),
        get("/health/live", "", EVERYBODY),
        get("/health/ready", "", EVERYBODY));
  }

  private static List<Operation> ofAnswers() {
    String token = "operator's-token ";
    String harbor = " harbor-approver";
    return List.of(
        get(
            "/v1/approvals/{tenant}/{proposal}",
            "",
            "approver operator overseer administrator" + harbor),
        post(
            "/v1/approvals/{tenant}/{proposal}/answer",
            ANSWER,
            "approver overseer administrator" + harbor),
        get("/v1/oversight", "?tenant=harbor-dental", token + MSP_ANY + harbor),
        post(
            "/v1/oversight/{tenant}/challenge",
            "{\"verdict\":\"certify\",\"calls\":[\"call-1\"]}",
            "overseer"),
        post(
            "/v1/oversight/{tenant}/certify",
            "{\"calls\":[\"call-1\"]," + ANSWER.substring(1).replace("grant", "certify"),
            "overseer"),
        get("/v1/autonomy", "?tenant=harbor-dental", token + MSP_ANY + harbor),
        post(
            "/v1/autonomy/{tenant}/promote",
            "{\"agentClass\":\"service-desk\",\"taskClass\":\"k\",\"reason\":\"x\"}",
            "operator overseer administrator"),
        post(
            "/v1/approvals/{tenant}/{proposal}/withdraw", "{\"reason\":\"x\"}", token + "operator"),
        get(
            "/v1/standing",
            "?tenant=harbor-dental",
            token + "approver operator overseer administrator" + harbor + CLI),
        post("/v1/standing", STANDING, "operator"),
        post(
            "/v1/standing/{tenant}/{proposal}/withdraw",
            "{\"reason\":\"x\"}",
            token + "operator cli-operator cli-harbor-approver" + harbor),
        get("/v1/fatigue", "", token + "approver overseer administrator cli-approver"));
  }

  private static List<Operation> ofAgents() {
    String token = "operator's-token ";
    String stoppers = "operator overseer administrator";
    String reason = "{\"reason\":\"x\"}";
    return List.of(
        get("/v1/agents", "", token + MSP_ANY + MSP_CLI),
        get("/v1/agents/{agent}", "", token + MSP_ANY + MSP_CLI),
        get("/v1/agents/{agent}/unused", "?days=30", token + MSP_ANY + MSP_CLI),
        post("/v1/agents/{agent}/launch", reason, stoppers),
        post("/v1/agents/{agent}/suspend", reason, token + stoppers + " cli-operator"),
        post("/v1/agents/{agent}/retire", reason, token + stoppers + " cli-operator"),
        post("/v1/agents/{agent}/challenge", "{}", MSP_ANY),
        post(
            "/v1/agents/{agent}/certify",
            "{" + ANSWER.substring(ANSWER.indexOf("\"assertion\"")),
            MSP_ANY),
        post(
            "/v1/people/gone",
            "{\"person\":\"staff/somebody\",\"reason\":\"x\"}",
            token + "administrator"));
  }

  private static List<Operation> ofStops() {
    String token = "operator's-token ";
    String harbor = " harbor-approver";
    return List.of(
        get("/v1/kill", "", token + MSP_ANY + MSP_CLI),
        post(
            "/v1/decide",
            "{\"agent\":\"a\",\"taskClass\":\"k\",\"tenant\":\"t\",\"tool\":\"x\"}",
            token + MSP_ANY + MSP_CLI),
        post(
            "/v1/kill",
            "{\"scope\":\"tenant:harbor-dental\",\"reason\":\"x\"}",
            token + "operator cli-operator cli-harbor-approver" + harbor),
        post(
            "/v1/kill",
            "{\"scope\":\"everything\",\"reason\":\"x\"}",
            token + "operator cli-operator"),
        post(
            "/v1/kill",
            "{\"scope\":\"agent:service-desk/harbor-dental/production/change\",\"reason\":\"x\"}",
            token + "operator cli-operator"),
        post(
            "/v1/kill/lift",
            "{\"scope\":\"tenant:harbor-dental\",\"reason\":\"x\"}",
            "operator" + harbor),
        post("/v1/kill/lift", "{\"scope\":\"everything\",\"reason\":\"x\"}", "operator"));
  }

  private static List<Operation> ofCustody() {
    String keepers =
        "operator overseer administrator cli-operator cli-overseer cli-administrator"
            + " harbor-approver cli-harbor-approver";
    return List.of(
        get("/v1/holds/{tenant}", "", "operator's-token " + MSP_ANY + " harbor-approver" + CLI),
        post("/v1/holds/{tenant}", "{\"reason\":\"x\"}", keepers),
        post("/v1/holds/{tenant}/{hold}/lift", "{\"reason\":\"x\"}", keepers),
        post("/v1/evidence/{tenant}/entries/{entry}/erase", "{\"reason\":\"x\"}", keepers));
  }

  private static List<Operation> ofWork() {
    String token = "operator's-token ";
    String harbor = " harbor-approver";
    return List.of(
        get("/v1/tasks", "?tenant=harbor-dental", token + MSP_ANY + harbor + CLI),
        post("/v1/tasks/{tenant}/{task}/hold", "{\"reason\":\"x\"}", "operator cli-operator"),
        post("/v1/tasks/{tenant}/{task}/resume", "{\"reason\":\"x\"}", "operator cli-operator"),
        post("/v1/tasks/{tenant}/{task}/take-over", "{\"reason\":\"x\"}", "operator cli-operator"),
        post(
            "/v1/tasks/{tenant}/{task}/close",
            "{\"state\":\"done\",\"reason\":\"x\"}",
            "operator cli-operator"),
        post(
            "/v1/tasks",
            "{\"tenant\":\"harbor-dental\",\"taskClass\":\"k\",\"ticket\":\"1\"}",
            "operator cli-operator"),
        get("/v1/work/{tenant}", "", "operator cli-operator"),
        get("/v1/work/{tenant}/{task}/tools", "", "operator cli-operator"),
        post("/v1/calls", CALL, "operator cli-operator"),
        post(
            "/v1/calls/continue",
            "{\"tenant\":\"harbor-dental\",\"handle\":\"proposal-1\"}",
            "operator cli-operator"),
        get("/v1/unknown", "", "operator cli-operator"),
        post(
            "/v1/unknown/{tenant}/{call}/resolve",
            "{\"found\":\"failed\",\"how\":\"x\"}",
            "operator cli-operator"));
  }

  /** Operations that this walk does not judge by status alone, and the tests that do. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "GET /v1/approvals", "ApprovalWireTest",
          "POST /v1/keys", "KeyWireTest",
          "POST /v1/keys/first", "KeyWireTest",
          "POST /v1/keys/remove", "KeyWireTest",
          "POST /v1/first-key", "KeyWireTest",
          "POST /v1/cli/token", "CliSignInTest",
          "POST /v1/cli/end", "CliSignInTest",
          "GET /signin/callback/{issuer}", "SignInWireTest",
          "POST /signout", "SessionTest");

  private final Rig rig = new Rig();
  private final Map<String, Browser> browsers = new LinkedHashMap<>();
  private final Map<String, String> tokens = new LinkedHashMap<>();

  @BeforeAll
  void signEverybodyIn() {
    PEOPLE.forEach((name, person) -> browsers.put(name, rig.browser(person)));
    for (var name : CLI.strip().split(" ", -1)) {
      var person = Objects.requireNonNull(PEOPLE.get(name.substring("cli-".length())));
      tokens.put(name, Clis.signIn(rig, person));
    }
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  static Stream<Arguments> walk() {
    var walk = new ArrayList<Arguments>();
    var callers = new ArrayList<String>(List.of(NOBODY, WORKLOAD, OPERATOR));
    callers.addAll(PEOPLE.keySet());
    callers.addAll(List.of(CLI.strip().split(" ")));
    for (var operation : operations()) {
      for (var caller : callers) {
        walk.add(Arguments.of(operation, caller));
      }
    }
    return walk.stream();
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("walk")
  void anOperationLetsThroughWhomTheTableNames(Operation operation, String caller) {
    var reply = ask(operation, caller);
    if (operation.lets(caller)) {
      assertThat(reply.status()).as(reply.body()).isIn(200, 201, 202, 303);
    } else {
      assertThat(reply.status()).as(reply.body()).isIn(401, 403, 404);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      Clean.check(reply.body());
    }
  }

  private Rig.Reply ask(Operation operation, String caller) {
    return switch (caller) {
      case NOBODY -> plain(operation, Map.of());
      case WORKLOAD -> plain(operation, Map.of("Authorization", "Bearer agent-one"));
      case OPERATOR -> plain(operation, Map.of("Authorization", "Bearer " + Rig.OPERATOR));
      default -> {
        if (caller.startsWith("cli-")) {
          var token = Objects.requireNonNull(tokens.get(caller));
          yield plain(operation, Map.of("Authorization", "Bearer " + token));
        }
        var browser = browserOf(caller);
        yield browser.send(
            operation.method(), operation.path(), operation.body(), browser.ownPage());
      }
    };
  }

  private Browser browserOf(String caller) {
    var browser = browsers.get(caller);
    if (browser == null) {
      throw new AssertionError("nobody is called " + caller);
    }
    return browser;
  }

  private Rig.Reply plain(Operation operation, Map<String, String> headers) {
    return new Browser(rig, rig.web.peopleSite().origin())
        .send(operation.method(), operation.path(), operation.body(), headers);
  }

  @Test
  void theWalkKnowsEveryOperationThatIsDescribed() {
    var known = new TreeSet<String>(ELSEWHERE.keySet());
    operations().forEach(it -> known.add(it.method() + " " + it.described()));
    var yaml = rig.get(URI.create(rig.web.peopleUrl() + "/openapi.yaml"), Map.of()).body().lines();
    var described = new LinkedHashSet<String>();
    String path = "";
    String method = "";
    for (var line : yaml.toList()) {
      if (line.matches("  /.*:")) {
        path = line.strip().replace(":", "");
      } else if (line.matches("    (get|post|put|delete|patch):")) {
        method = line.strip().replace(":", "").toUpperCase(java.util.Locale.ROOT);
      } else if (line.matches("      tags: \\[(people|both)\\]")) {
        described.add(method + " " + path);
      }
    }
    assertThat(described).hasSizeGreaterThan(20);
    assertThat(known).containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void machinesPathsLetNoPersonThrough() {
    var cookie = browserOf("administrator").cookies.get("__Host-remit");
    for (var path : List.of("/mcp", "/v1/tasks", "/v1/tasks/task-1/close")) {
      var reply =
          rig.post(
              URI.create(rig.web.machinesUrl() + path),
              "{}",
              Map.of("Cookie", "__Host-remit=" + cookie));
      assertThat(reply.status()).as(path).isEqualTo(401);
    }
    assertThat(rig.gateway.calls).isEmpty();
  }
}
