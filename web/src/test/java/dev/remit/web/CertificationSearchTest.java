package dev.remit.web;

import static dev.remit.web.AccessRig.found;
import static dev.remit.web.AccessRig.nextToken;
import static dev.remit.web.CertificationEvaluationTest.ADMIN;
import static dev.remit.web.CertificationEvaluationTest.ALICE;
import static dev.remit.web.CertificationEvaluationTest.ARCHIVED;
import static dev.remit.web.CertificationEvaluationTest.FIRST;
import static dev.remit.web.CertificationEvaluationTest.READ;
import static dev.remit.web.CertificationEvaluationTest.WRITE;
import static dev.remit.web.CertificationEvaluationTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The search level of the AuthZEN 1.0 certification scenario: 18 of 52 sub-cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificationSearchTest {

  private static final String USERS = "\"subject\":{\"type\":\"user\"}";
  private static final String RECORDS = "\"resource\":{\"type\":\"record\"}";
  private static final String CONTEXT = "\"context\":{\"time\":\"2025-06-27T18:03-07:00\"}";
  private static final String READERS = json(USERS, READ, FIRST);

  private AccessRig rig;

  @BeforeAll
  void start() {
    rig = new AccessRig(CedarAdvisor.of("certification"));
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @TestFactory
  Stream<DynamicTest> c42SubjectsAreFound() {
    return Stream.of(
        finds("c-4-2-1 who may read", "subject", "user", List.of("alice", "bob"), READERS),
        finds(
            "c-4-2-2 with context",
            "subject",
            "user",
            List.of("alice", "bob"),
            json(USERS, READ, FIRST, CONTEXT)),
        finds(
            "c-4-2-3 a name that came with the subject is ignored",
            "subject",
            "user",
            List.of("alice", "bob"),
            json(ALICE, READ, FIRST)),
        finds(
            "c-4-2-4 with properties of the resource",
            "subject",
            "user",
            List.of("bob"),
            json(USERS, WRITE, ARCHIVED)));
  }

  @TestFactory
  Stream<DynamicTest> c43ResourcesAreFound() {
    return Stream.of(
        finds(
            "c-4-3-1 what alice may read",
            "resource",
            "record",
            List.of("record-1"),
            json(ALICE, READ, RECORDS)),
        finds(
            "c-4-3-2 a name that came with the resource is ignored",
            "resource",
            "record",
            List.of("record-1", "record-2"),
            json(ALICE, READ, "\"resource\":{\"type\":\"record\",\"id\":\"nothing\"}")),
        finds(
            "c-4-3-3 with properties of the subject",
            "resource",
            "record",
            List.of("record-2"),
            json(ADMIN, WRITE, RECORDS)));
  }

  @TestFactory
  Stream<DynamicTest> c44ActionsAreFound() {
    var actions = List.of("read", "write");
    return Stream.of(
        finds("c-4-4-1 what alice may do", "action", "action", actions, json(ALICE, FIRST)),
        finds("c-4-4-2 with context", "action", "action", actions, json(ALICE, FIRST, CONTEXT)),
        finds(
            "c-4-4-3 with properties",
            "action",
            "action",
            List.of("write"),
            json(ADMIN, ARCHIVED)));
  }

  @TestFactory
  Stream<DynamicTest> c45ResultsComeInPages() {
    return Stream.of(
        dynamicTest(
            "c-4-5-1 a limit",
            () ->
                assertThat(found(rig.search("subject", page("\"limit\":1")), "user"))
                    .containsExactly("alice")),
        dynamicTest(
            "c-4-5-2 the token goes on to the end",
            () -> {
              var first = nextToken(rig.search("subject", page("\"limit\":1")));
              var second = rig.search("subject", page("\"token\":\"" + first + "\""));
              assertThat(found(second, "user")).containsExactly("bob");
              assertThat(nextToken(second)).isEmpty();
            }),
        dynamicTest(
            "c-4-5-3 the form of a page",
            () -> {
              var page =
                  rig.search("subject", page("\"limit\":1")).json().object("page").orElseThrow();
              assertThat(page.text("next_token")).isNotEmpty();
              assertThat(page.get("count")).isEqualTo(Optional.of(Value.of(1)));
            }),
        dynamicTest(
            "c-4-5-4 a page object is accepted everywhere",
            () -> {
              var reply = rig.search("action", json(ALICE, FIRST, "\"page\":{}"));
              assertThat(found(reply, "action")).contains("read", "write");
              assertThat(nextToken(reply)).isEmpty();
            }));
  }

  private static String page(String member) {
    return json(USERS, READ, FIRST, "\"page\":{" + member + "}");
  }

  @TestFactory
  Stream<DynamicTest> c46NothingIsFoundWithoutError() {
    return Stream.of(
        dynamicTest(
            "c-4-6-1 an unknown subject",
            () ->
                assertThat(
                        found(
                            rig.search(
                                "action",
                                json(
                                    "\"subject\":{\"type\":\"user\",\"id\":\"nonexistent-user\"}",
                                    FIRST)),
                            "action"))
                    .isEmpty()),
        dynamicTest(
            "c-4-6-2 an unknown type",
            () ->
                assertThat(
                        found(
                            rig.search(
                                "subject",
                                json("\"subject\":{\"type\":\"spaceship\"}", READ, FIRST)),
                            "spaceship"))
                    .isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> c47ErrorsAreToldAs400() {
    return Stream.of(
        dynamicTest(
            "c-4-7-1 missing fields",
            () -> {
              refused("subject", json(USERS, FIRST));
              refused("resource", json(READ, RECORDS));
              refused("action", json(ALICE));
            }),
        dynamicTest(
            "c-4-7-2 missing sub-fields",
            () -> {
              refused("subject", json(USERS, READ, RECORDS));
              refused("resource", json(USERS, READ, RECORDS));
            }));
  }

  private void refused(String kind, String body) {
    assertThat(rig.search(kind, body).status()).as(body).isEqualTo(400);
  }

  private DynamicTest finds(
      String name, String kind, String wanted, List<String> expected, String body) {
    return dynamicTest(
        name, () -> assertThat(found(rig.search(kind, body), wanted)).containsAll(expected));
  }
}
