package dev.remit.web;

import static dev.remit.web.AccessRig.decision;
import static dev.remit.web.AccessRig.decisions;
import static dev.remit.web.CertificationEvaluationTest.ADMIN;
import static dev.remit.web.CertificationEvaluationTest.ALICE;
import static dev.remit.web.CertificationEvaluationTest.ARCHIVED;
import static dev.remit.web.CertificationEvaluationTest.BOB;
import static dev.remit.web.CertificationEvaluationTest.FIRST;
import static dev.remit.web.CertificationEvaluationTest.READ;
import static dev.remit.web.CertificationEvaluationTest.WRITE;
import static dev.remit.web.CertificationEvaluationTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The batch level of the AuthZEN 1.0 certification scenario: 14 of 52 sub-cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificationBatchTest {

  private static final String SECOND = "\"resource\":{\"type\":\"record\",\"id\":\"record-2\"}";
  private static final String ACTIVE =
      "\"resource\":{\"type\":\"record\",\"id\":\"record-1\",\"properties\":{\"status\":\"active\"}}";

  private AccessRig rig;

  @BeforeAll
  void start() {
    rig = new AccessRig(CedarAdvisor.of("certification"));
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static String items(String... items) {
    return "\"evaluations\":[" + String.join(",", items) + "]";
  }

  @TestFactory
  Stream<DynamicTest> c32RequestsAreAccepted() {
    return Stream.of(
        dynamicTest(
            "c-3-2-1 array",
            () ->
                assertThat(
                        decisions(
                            rig.evaluations(json(ALICE, READ, items(json(FIRST), json(SECOND))))))
                    .hasSize(2)),
        decided(
            "c-3-2-2 fixture decisions",
            List.of(true, false),
            json(BOB, FIRST, items(json(READ), json(WRITE)))),
        decided(
            "c-3-2-3 properties",
            List.of(true, false),
            json(ALICE, WRITE, items(json(ACTIVE), json(ARCHIVED)))),
        decided(
            "c-3-2-4 properties of the subject",
            List.of(false, true),
            json(WRITE, ARCHIVED, items(json(ALICE), json(ADMIN)))),
        decided(
            "c-3-2-5 no defaults",
            List.of(true, false),
            json(items(json(ALICE, READ, FIRST), json(BOB, WRITE, FIRST)))),
        dynamicTest(
            "c-3-2-6 context is inherited",
            () ->
                assertThat(
                        decisions(
                            rig.evaluations(
                                json(
                                    ALICE,
                                    READ,
                                    "\"context\":{\"time\":\"2025-06-27T18:03-07:00\"}",
                                    items(
                                        json(FIRST),
                                        json(
                                            SECOND,
                                            "\"context\":{\"time\":\"2025-06-27T19:00-07:00\","
                                                + "\"source\":\"batch-override\"}"))))))
                    .hasSize(2)),
        decided(
            "c-3-2-7 names missing from an item come from the default",
            List.of(true, false),
            json(
                ALICE,
                WRITE,
                "\"resource\":{\"type\":\"record\"}",
                items(
                    "{\"resource\":{\"id\":\"record-1\",\"properties\":{\"status\":\"active\"}}}",
                    json(ARCHIVED)))));
  }

  @TestFactory
  Stream<DynamicTest> c33ResponsesHaveTheirForm() {
    var three = json(BOB, FIRST, items(json(READ), json(WRITE), json(READ)));
    return Stream.of(
        dynamicTest(
            "c-3-3-1 as many answers as items",
            () -> assertThat(decisions(rig.evaluations(three))).hasSize(3)),
        decided("c-3-3-2 in their order", List.of(true, false, true), three),
        dynamicTest(
            "c-3-3-3 each with a boolean",
            () -> assertThat(decisions(rig.evaluations(three))).doesNotContainNull()),
        dynamicTest(
            "c-3-3-4 no decision on top",
            () -> assertThat(rig.evaluations(three).json().get("decision")).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> c34ErrorsStayInTheirItem() {
    return Stream.of(
        dynamicTest(
            "c-3-4-1 an item without a resource",
            () -> {
              var reply = rig.evaluations(json(ALICE, READ, items(json(FIRST), "{}")));
              assertThat(decisions(reply)).containsExactly(true, false);
              assertThat(reply.body()).contains("\"status\":400", "`resource` is missing");
            }),
        single("c-3-4-2 no array", json(ALICE, READ, FIRST)),
        single("c-3-4-3 an empty array", json(ALICE, READ, FIRST, "\"evaluations\":[]")));
  }

  private DynamicTest decided(String name, List<Boolean> expected, String body) {
    return dynamicTest(
        name, () -> assertThat(decisions(rig.evaluations(body))).isEqualTo(expected));
  }

  private DynamicTest single(String name, String body) {
    return dynamicTest(name, () -> assertThat(decision(rig.evaluations(body))).isTrue());
  }
}
