package dev.remit.web;

import static dev.remit.web.AccessRig.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.remit.core.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The basic level of the AuthZEN 1.0 certification scenario (repository openid/authzen, folder
 * certification), each sub-case under its own name: 20 of 52.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificationEvaluationTest {

  static final String ALICE = "\"subject\":{\"type\":\"user\",\"id\":\"alice\"}";
  static final String BOB = "\"subject\":{\"type\":\"user\",\"id\":\"bob\"}";
  static final String ADMIN =
      "\"subject\":{\"type\":\"user\",\"id\":\"bob\",\"properties\":{\"role\":\"admin\"}}";
  static final String READ = "\"action\":{\"name\":\"read\"}";
  static final String WRITE = "\"action\":{\"name\":\"write\"}";
  static final String FIRST = "\"resource\":{\"type\":\"record\",\"id\":\"record-1\"}";
  static final String ARCHIVED =
      "\"resource\":{\"type\":\"record\",\"id\":\"record-2\",\"properties\":{\"status\":\"archived\"}}";
  private static final String GOOD = json(ALICE, READ, FIRST);

  private AccessRig rig;

  @BeforeAll
  void start() {
    rig = new AccessRig(CedarAdvisor.of("certification"));
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  static String json(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  @TestFactory
  Stream<DynamicTest> c22RequestsAreAccepted() {
    return Stream.of(
        decided("c-2-2-1 permit", true, GOOD),
        decided("c-2-2-2 deny", false, json(BOB, WRITE, FIRST)),
        decided(
            "c-2-2-3 context",
            true,
            json(
                ALICE,
                READ,
                FIRST,
                "\"context\":{\"time\":\"2025-06-27T18:03-07:00\",\"ip\":\"192.168.1.1\"}")),
        decided("c-2-2-4 deny by properties", false, json(ALICE, WRITE, ARCHIVED)),
        decided("c-2-2-5 permit by properties of the subject", true, json(ADMIN, WRITE, ARCHIVED)),
        decided("c-2-2-6 permit by properties of the action", true, delete(true)),
        decided("c-2-2-7 deny by properties of the action", false, delete(false)),
        decided(
            "c-2-2-8 further properties",
            true,
            json(
                "\"subject\":{\"type\":\"user\",\"id\":\"alice\",\"properties\":"
                    + "{\"department\":\"Sales\",\"role\":\"manager\"}}",
                "\"action\":{\"name\":\"read\",\"properties\":{\"method\":\"GET\"}}",
                "\"resource\":{\"type\":\"record\",\"id\":\"record-1\",\"properties\":"
                    + "{\"status\":\"active\",\"owner\":\"bob\"}}")),
        decided(
            "c-2-2-9 unknown fields",
            true,
            json(ALICE, READ, FIRST, "\"foo\":\"bar\"", "\"futureField\":{\"nested\":true}")));
  }

  private static String delete(boolean isSoft) {
    return json(
        ALICE, "\"action\":{\"name\":\"delete\",\"properties\":{\"soft\":" + isSoft + "}}", FIRST);
  }

  @TestFactory
  Stream<DynamicTest> c23ResponsesHaveTheirForm() {
    return Stream.of(
        dynamicTest(
            "c-2-3-1 decision is a boolean",
            () -> assertThat(rig.evaluation(GOOD).json().get("decision")).contains(Value.of(true))),
        dynamicTest(
            "c-2-3-2 context is an object where there is one",
            () ->
                assertThat(rig.evaluation(json(BOB, WRITE, FIRST)).json().object("context"))
                    .isPresent()));
  }

  @TestFactory
  Stream<DynamicTest> c24ErrorsAreToldAs400() {
    return Stream.of(
        refused("c-2-4-1 missing fields", json(READ, FIRST), json(ALICE, FIRST), json(ALICE, READ)),
        refused(
            "c-2-4-2 missing sub-fields",
            json("\"subject\":{\"id\":\"alice\"}", READ, FIRST),
            json("\"subject\":{\"type\":\"user\"}", READ, FIRST),
            json(ALICE, "\"action\":{}", FIRST),
            json(ALICE, READ, "\"resource\":{\"id\":\"record-1\"}"),
            json(ALICE, READ, "\"resource\":{\"type\":\"record\"}")),
        dynamicTest(
            "c-2-4-3 content type",
            () -> {
              for (String type : List.of("text/plain", "application/xml")) {
                assertThat(
                        rig.ask("/access/v1/evaluation", GOOD, Map.of("Content-Type", type))
                            .status())
                    .isEqualTo(400);
              }
            }),
        refused("c-2-4-4 malformed", "{", "{\"subject\":}", "not json", GOOD + "}"),
        refused("c-2-4-5 empty", ""),
        refused(
            "c-2-4-6 types",
            json("\"subject\":\"alice\"", READ, FIRST),
            json(ALICE, "\"action\":{\"name\":123}", FIRST)));
  }

  @TestFactory
  Stream<DynamicTest> c25RequestsAreIdentified() {
    return Stream.of(
        dynamicTest(
            "c-2-5-1 the identifier comes back, of errors too",
            () -> {
              var id = Map.of("X-Request-ID", "bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
              for (String body : List.of(GOOD, "{")) {
                assertThat(rig.ask("/access/v1/evaluation", body, id).header("X-Request-ID"))
                    .isEqualTo("bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
              }
            }),
        dynamicTest(
            "c-2-5-2 none is needed", () -> assertThat(decision(rig.evaluation(GOOD))).isTrue()));
  }

  @TestFactory
  Stream<DynamicTest> c26TheSameIsAnsweredTheSame() {
    return Stream.of(
        dynamicTest(
            "c-2-6 idempotency",
            () -> {
              var answers = new HashSet<Boolean>();
              for (int i = 0; i < 5; i++) {
                answers.add(decision(rig.evaluation(GOOD)));
              }
              assertThat(answers).containsExactly(true);
            }));
  }

  private DynamicTest decided(String name, boolean expected, String body) {
    return dynamicTest(name, () -> assertThat(decision(rig.evaluation(body))).isEqualTo(expected));
  }

  private DynamicTest refused(String name, String... bodies) {
    return dynamicTest(
        name,
        () -> {
          for (String body : bodies) {
            var reply = rig.evaluation(body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.body()).isNotBlank();
          }
        });
  }
}
