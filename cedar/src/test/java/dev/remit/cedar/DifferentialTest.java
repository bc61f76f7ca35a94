package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remit.cedar.json.JsonReader;
import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.ValueReader;
import dev.remit.cedar.value.ValueRecord;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Our engine against the official one on random requests over random policies.
 *
 * <p>{@code -Dremit.cedar.cases=1000000 -Dremit.cedar.seed=7} runs more of them.
 */
class DifferentialTest {
  private static final int CASES = Integer.getInteger("remit.cedar.cases", 4_000);
  private static final long SEED = Long.getLong("remit.cedar.seed", 20260301);

  @Test
  void bothEnginesAgreeOnRandomRequestsOfThePrintedSeed() throws InterruptedException {
    var kinds = new TreeMap<String, Integer>();
    var halves = new Thread[2];
    var problems = new java.util.concurrent.ConcurrentLinkedQueue<String>();
    for (int half = 0; half < halves.length; half++) {
      long seed = SEED + half;
      halves[half] = new Thread(() -> run(seed, CASES / halves.length, kinds, problems));
      halves[half].start();
    }
    for (Thread half : halves) {
      half.join();
    }
    System.out.println("differential cedar: " + CASES + " cases of seed " + SEED + ": " + kinds);
    assertThat(problems).isEmpty();
    assertThat(kinds).containsKeys("allow", "deny", "errors");
    assertThat(kinds.getOrDefault("allow", 0)).isGreaterThan(CASES / 20);
    assertThat(kinds.getOrDefault("refused by both", 0)).isLessThan(CASES / 20);
  }

  private static void run(
      long seed, int cases, Map<String, Integer> kinds, java.util.Queue<String> problems) {
    var generator = new Cases(new Random(seed));
    for (int i = 0; i < cases && problems.size() < 5; i++) {
      var request = generator.next();
      String theirs = theirs(request);
      String ours = ours(request);
      if (!ours.equals(theirs.startsWith("refused") ? "refused" : theirs)) {
        problems.add(
            "case %d of seed %d: ours %s, theirs %s: %s".formatted(i, seed, ours, theirs, request));
      }
      synchronized (kinds) {
        count(kinds, theirs);
      }
    }
  }

  private static void count(Map<String, Integer> kinds, String answer) {
    kinds.merge(
        answer.startsWith("refused") ? "refused by both" : answer.split(" ", 2)[0],
        1,
        Integer::sum);
    if (!answer.endsWith("[]") && !answer.startsWith("refused")) {
      kinds.merge("errors", 1, Integer::sum);
    }
  }

  private static String theirs(ObjectNode request) {
    var answer = Official.ask(request);
    return answer.path("type").asText().equals("success")
        ? Official.words(answer)
        : "refused " + answer.path("errors").toString();
  }

  private static String ours(ObjectNode request) {
    var policies = PolicySet.read(Cases.policies(request).toString());
    var entities = Entities.read(request.path("entities").toString());
    if (policies instanceof dev.remit.cedar.json.Reading.Refused
        || entities instanceof dev.remit.cedar.json.Reading.Refused) {
      return "refused";
    }
    var facts =
        new Facts(
            ValueReader.uid(JsonReader.read(request.path("principal").toString())),
            ValueReader.uid(JsonReader.read(request.path("action").toString())),
            ValueReader.uid(JsonReader.read(request.path("resource").toString())),
            (ValueRecord) ValueReader.read(JsonReader.read(request.path("context").toString())),
            entities.orThrow());
    return Official.words(policies.orThrow().decide(facts));
  }
}
