package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Entity;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTest {
  private static Facts facts(String tenant, String action) {
    var home = new EntityUid("Tenant", tenant);
    var agent = new EntityUid("Agent", "of-" + tenant);
    var device = new EntityUid("Device", "at-" + tenant);
    var act = new EntityUid("Action", action);
    var entities =
        Entities.of(
                List.of(
                    new Entity(agent, ValueRecord.EMPTY, List.of(home)),
                    new Entity(device, ValueRecord.EMPTY, List.of(home)),
                    new Entity(act, ValueRecord.EMPTY, List.of(new EntityUid("Action", "low")))))
            .orThrow();
    return new Facts(agent, act, device, ValueRecord.EMPTY, entities);
  }

  /** How many policies a decision evaluates. */
  private static int looked(List<Policy> policies, Facts facts) {
    int[] count = {0};
    count(Index.of(policies), facts, count);
    return count[0];
  }

  private static void count(Index index, Facts facts, int[] count) {
    switch (index) {
      case Index.Leaf leaf -> count[0] += leaf.policies().size();
      case Index.Split split -> {
        for (Object key : facts.keys(split.part())) {
          var below = split.keyed().get(key);
          if (below != null) {
            count(below, facts, count);
          }
        }
        count(split.rest(), facts, count);
      }
    }
  }

  private static List<Policy> policies(int tenants, String form) {
    var text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append("forbid (principal, action, resource) when { context has stop%d };".formatted(i));
    }
    for (int i = 0; i < tenants; i++) {
      text.append(form.replace("%t", "t" + i).replace("%d", String.valueOf(i % 7)));
    }
    return parsed(text.toString());
  }

  private static List<Policy> parsed(String text) {
    var policies = new ArrayList<Policy>();
    var json = dev.remit.cedar.json.JsonReader.read(Official.json(text)).object();
    json.need("staticPolicies")
        .object()
        .members()
        .forEach((id, policy) ->
            policies.add(
                new PolicyReader(java.util.Map.of()).read(id, policies.size(), policy.object())));
    return policies;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permit (principal in Tenant::\"%t\", action, resource);",
        "permit (principal, action, resource in Tenant::\"%t\");",
        "permit (principal == Agent::\"of-%t\", action, resource);",
        "permit (principal is Agent in Tenant::\"%t\", action == Action::\"a%d\", resource);",
        "permit (principal, action in [Action::\"a%d\", Action::\"b%d\"], resource is Device in Tenant::\"%t\");",
      })
  void aDecisionLooksAtNoMoreWhenThereAreMoreTenants(String form) {
    var facts = facts("t3", "a3");
    int few = looked(policies(10, form), facts);
    assertThat(looked(policies(1_000, form), facts)).isEqualTo(few).isLessThanOrEqualTo(22);
  }

  @Test
  void whatNeedsNothingIsAlwaysLookedAt() {
    var policies = policies(100, "permit (principal in Tenant::\"%t\", action, resource);");
    assertThat(looked(policies, facts("nobody", "a"))).isEqualTo(20);
  }

  @Test
  void everyTenantHasItsOwnPoliciesAndNoOthers() {
    var text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append(
          "@id(\"%d\") permit (principal in Tenant::\"t%d\", action, resource);".formatted(i, i));
    }
    var policies = PolicySet.read(Official.json(text.toString())).orThrow();
    assertThat(policies.size()).isEqualTo(300);
    for (int i = 0; i < 300; i++) {
      assertThat(policies.decide(facts("t" + i, "a")).determining()).hasSize(1);
    }
  }

  @Test
  void aPolicyThatIsFoundTwiceCountsOnce() {
    var text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append(
          "permit (principal, action in [Action::\"a%d\", Action::\"low\"], resource);"
              .formatted(i));
      text.append(
          "permit (principal, action in [Action::\"a%d\", Action::\"low\"], resource) when { 1 };"
              .formatted(i));
    }
    var answer = PolicySet.read(Official.json(text.toString())).orThrow().decide(facts("t", "a1"));
    assertThat(answer.determining()).hasSize(20).doesNotHaveDuplicates().isSorted();
    assertThat(answer.failures()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void anActionInNothingNeverMatches() {
    var answer =
        PolicySet.read(Official.json("permit (principal, action in [], resource);".repeat(9)))
            .orThrow()
            .decide(facts("t", "a"));
    assertThat(answer.isAllowed()).isFalse();
  }

  @Test
  void indexedAndUnindexedPoliciesAnswerAlikeOnRandomHeadsOfSeed3() {
    var cases = new Cases(new Random(3));
    for (int i = 0; i < 3_000; i++) {
      var request = cases.next();
      var json = dev.remit.cedar.json.JsonReader.read(Cases.policies(request).toString());
      var policies = new ArrayList<Policy>();
      json.object()
          .need("staticPolicies")
          .object()
          .members()
          .forEach((id, policy) ->
              policies.add(
                  new PolicyReader(java.util.Map.of()).read(id, policies.size(), policy.object())));
      var entities = Entities.read(request.path("entities").toString()).orThrow();
      var facts =
          new Facts(
              uid(request, "principal"),
              uid(request, "action"),
              uid(request, "resource"),
              ValueRecord.EMPTY,
              entities);
      assertThat(answer(Index.of(policies), facts))
          .isEqualTo(answer(new Index.Leaf(policies), facts));
    }
  }

  private static EntityUid uid(com.fasterxml.jackson.databind.JsonNode request, String part) {
    return dev.remit.cedar.value.ValueReader.uid(
        dev.remit.cedar.json.JsonReader.read(request.path(part).toString()));
  }

  private static Answer answer(Index index, Facts facts) {
    var tally = new Tally();
    index.visit(facts, tally);
    return tally.answer();
  }
}
