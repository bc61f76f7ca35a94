package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Grade;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyWordsTest {
  private static AskRule rule(String condition) {
    return new AskRule(
        "probe.1",
        condition,
        List.of(new Answers(1, "msp.senior-technicians"), new Answers(1, "tenant.approvers")),
        Duration.ofMinutes(30),
        Duration.ofMinutes(10));
  }

  private static String compiled(AskRule rule) {
    var one =
        World.taskClass("probe", Grade.LOW, Set.of("rmm_restart"), Optional.empty(), List.of(rule));
    return World.compiled(World.release(List.of(one))).wordsOf("probe.1");
  }

  @Test
  void aRuleIsASentence() {
    assertThat(compiled(rule("[\"dc\", \"hypervisor\", \"database\"].contains(resource.role)")))
        .isEqualTo(
            "needs 1 of senior technicians and 1 of the client's approvers when the device's role"
                + " is dc, hypervisor or database, answered within 30 minutes and used within 10"
                + " minutes");
    assertThat(compiled(rule("true"))).startsWith("always needs 1 of senior technicians and");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      quoteCharacter = '^',
      value = {
        "tool.effect > 0 % the tool's effect is above observe",
        "2 <= tool.effect % the tool's effect is at least high",
        "!(tool.effect < 2) % the tool's effect is at least high",
        "!tenant.window.office % the client's window office is closed",
        "tenant.window.office % the client's window office is open",
        "resource.role != \"0\" % the device's role is not 0",
        "resource.site == \"a b\" % the device's site is \"a b\"",
        "resource.site == \"\" % the device's site is \"\"",
        "resource.site == \"say \\\"yes\\\"\" % the device's site is \"say \\\"yes\\\"\"",
        "resource.site like \"arch*\" % the device's site is like \"arch*\"",
        "![\"a\"].contains(resource.role) % the device's role is not a",
        "task.ageSeconds >= 600 % the task's age in seconds is at least 600",
        "arguments has service % the argument service is given",
        "arguments has count && arguments.count > 3"
            + " % the argument count is given and the argument count is more than 3",
        "principal.bound % the agent's token is bound to a key of its own",
        "!task.readUntrusted % the task read no untrusted words",
        "resource in task.tenant % the device belongs to the task's client",
        "principal.tenant == task.tenant % the agent's client is the task's client",
        "(tool.effect > 0 || principal.bound) && resource.role == \"x\""
            + " % (the tool's effect is above observe or the agent's token is bound to a key of its"
            + " own) and the device's role is x",
        "!(resource.role == \"x\" && resource.site == \"y\")"
            + " % the device's role is not x or the device's site is not y",
        "task.ageSeconds + 1 > 3600 % `(context.task.ageSeconds + 1) > 3600` holds",
        "!(task.ageSeconds + 1 > 3600) % `(context.task.ageSeconds + 1) > 3600` fails",
        "at > datetime(\"2026-01-01\") % `context.at > (datetime(\"2026-01-01\"))` holds",
      })
  void conditionsAreClaimsAndWhatHasNoSentenceStandsAsItIs(String condition, String words) {
    assertThat(compiled(rule(condition.strip()))).contains(" when " + words + ", answered within");
    assertThat(PolicyWords.of(rule(condition.strip()), "device"))
        .isEqualTo(compiled(rule(condition.strip())));
  }

  @Test
  void theWordsOfPlainTermsAndOfTheCompiledPolicyAreTheSame() {
    var random = new Random(7);
    var rules = new ArrayList<AskRule>();
    for (int i = 0; i < 200; i++) {
      var probe = rule(condition(random, 3));
      rules.add(
          new AskRule(
              "probe." + i,
              probe.condition(),
              probe.from(),
              probe.answerWithin(),
              probe.useWithin()));
    }
    var one = World.taskClass("probe", Grade.LOW, Set.of("rmm_restart"), Optional.empty(), rules);
    var policies = World.compiled(World.release(List.of(one)));
    for (var rule : rules) {
      assertThat(policies.wordsOf(rule.id()))
          .as("seed 7: " + rule.condition())
          .isEqualTo(PolicyWords.of(rule, "device"));
    }
    assertThat(rules.stream().map(rule -> policies.wordsOf(rule.id())).distinct())
        .hasSizeGreaterThan(100);
  }

  private static String condition(Random random, int depth) {
    var atoms =
        List.of(
            "tool.effect > 0",
            "resource.role == \"dc\"",
            "[\"a\", \"b c\"].contains(resource.site)",
            "tenant.window.office",
            "arguments has service",
            "task.targets * 2 > 6",
            "principal.bound",
            "resource.site like \"x*y\"",
            "if principal.bound then true else task.ageSeconds > 9");
    if (depth == 0 || random.nextInt(4) == 0) {
      return "(" + atoms.get(random.nextInt(atoms.size())) + ")";
    }
    return switch (random.nextInt(3)) {
      case 0 -> "!(" + condition(random, depth - 1) + ")";
      case 1 -> "(" + condition(random, depth - 1) + " && " + condition(random, depth - 1) + ")";
      default -> "(" + condition(random, depth - 1) + " || " + condition(random, depth - 1) + ")";
    };
  }

  @Test
  void everyPolicyHasWordsAndNoneAreVague() {
    var policies = World.compiled(World.release());
    for (var policy : policies.policies()) {
      assertThat(policies.wordsOf(policy))
          .as(policy.id())
          .matches("(?s)(permits|refuses|needs|always needs) .+")
          .doesNotContain("null", "some condition");
    }
    assertThat(policies.wordsOf(policies.find("task.restart").orElseThrow()))
        .isEqualTo(
            "permits calls of rmm_get, rmm_restart on a device in tasks of class restart when the"
                + " client's window office is open");
    assertThat(policies.wordsOf("remit.unbound")).contains("the agent's token is bound to no key");
  }
}
