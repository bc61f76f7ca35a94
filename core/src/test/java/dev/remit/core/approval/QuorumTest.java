package dev.remit.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.PersonId;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuorumTest {
  private static final String OURS = "msp.seniors";
  private static final String THEIRS = "tenant.approvers";

  private static AskRule rule(Answers... from) {
    return new AskRule("r", "true", List.of(from), Duration.ofHours(1), Duration.ofHours(1));
  }

  private static Quorum.Vote vote(String name, String... serves) {
    return new Quorum.Vote(
        new PersonId("staff", name), "key-" + name, Optional.empty(), Set.of(serves));
  }

  private static boolean isReached(AskRule rule, Quorum.Vote... votes) {
    return Quorum.isReached(List.of(rule), List.of(votes));
  }

  @Test
  void oneOfOursAndOneOfTheirsAreTwoPeople() {
    var both = rule(new Answers(1, OURS), new Answers(1, THEIRS));
    assertThat(isReached(both, vote("a", OURS))).isFalse();
    assertThat(isReached(both, vote("b", THEIRS))).isFalse();
    assertThat(isReached(both, vote("a", OURS), vote("b", THEIRS))).isTrue();
  }

  @Test
  void whoIsOfBothGroupsTakesOnePlace() {
    var both = rule(new Answers(1, OURS), new Answers(1, THEIRS));
    assertThat(isReached(both, vote("a", OURS, THEIRS))).isFalse();
    assertThat(isReached(both, vote("a", OURS, THEIRS), vote("b", OURS))).isTrue();
    assertThat(isReached(both, vote("b", OURS), vote("a", OURS, THEIRS))).isTrue();
  }

  @Test
  void placesAreGivenSoThatAsManyAsPossibleAreTaken() {
    var three = rule(new Answers(1, "a"), new Answers(1, "b"), new Answers(1, "c"));
    assertThat(isReached(three, vote("1", "a", "b", "c"), vote("2", "a", "b"), vote("3", "a")))
        .isTrue();
    assertThat(isReached(three, vote("1", "a", "b", "c"), vote("2", "a"), vote("3", "a")))
        .isFalse();
  }

  @Test
  void theSameGroupTwiceInARuleWantsTwoPeople() {
    var two = rule(new Answers(1, OURS), new Answers(1, OURS));
    assertThat(isReached(two, vote("a", OURS))).isFalse();
    assertThat(isReached(two, vote("a", OURS), vote("b", OURS))).isTrue();
  }

  @Test
  void twoOfAGroupAreTwoHumans() {
    var two = rule(new Answers(2, OURS));
    assertThat(isReached(two, vote("a", OURS), vote("a", OURS))).isFalse();
    assertThat(isReached(two, vote("a", OURS), vote("b", OURS))).isTrue();
  }

  @Test
  void hostileCase24OneKeyUnderTwoNamesIsOneHuman() {
    var one = vote("a", OURS);
    var other =
        new Quorum.Vote(
            new PersonId("harbor", "a2"), one.credential(), Optional.empty(), Set.of(THEIRS));
    assertThat(isReached(rule(new Answers(1, OURS), new Answers(1, THEIRS)), one, other)).isFalse();
  }

  @Test
  void hostileCase24OneAddressUnderTwoNamesIsOneHuman() {
    var one =
        new Quorum.Vote(new PersonId("staff", "a"), "k1", Optional.of("sha256:x"), Set.of(OURS));
    var other =
        new Quorum.Vote(new PersonId("harbor", "b"), "k2", Optional.of("sha256:x"), Set.of(THEIRS));
    assertThat(isReached(rule(new Answers(1, OURS), new Answers(1, THEIRS)), one, other)).isFalse();
  }

  @Test
  void accountsAreChainedIntoOneHuman() {
    var one = new Quorum.Vote(new PersonId("s", "a"), "k1", Optional.of("x"), Set.of(OURS));
    var link = new Quorum.Vote(new PersonId("s", "b"), "k2", Optional.of("x"), Set.of(OURS));
    var two = new Quorum.Vote(new PersonId("s", "c"), "k2", Optional.of("y"), Set.of(OURS));
    assertThat(isReached(rule(new Answers(2, OURS)), one, two)).isTrue();
    assertThat(isReached(rule(new Answers(2, OURS)), one, two, link)).isFalse();
  }

  @Test
  void aRuleThatAsksForNothingIsNeverSatisfied() {
    assertThat(isReached(rule(), vote("a", OURS))).isFalse();
    assertThat(isReached(rule(new Answers(0, OURS)), vote("a", OURS))).isFalse();
    assertThat(isReached(rule(new Answers(-1, OURS)), vote("a", OURS))).isFalse();
    assertThat(Quorum.isReached(List.of(), List.of(vote("a", OURS)))).isFalse();
  }

  @Test
  void everyRuleMustBeSatisfied() {
    var one = rule(new Answers(1, OURS));
    var two = rule(new Answers(1, OURS), new Answers(1, THEIRS));
    assertThat(Quorum.isReached(List.of(one, two), List.of(vote("a", OURS)))).isFalse();
    assertThat(Quorum.isReached(List.of(one, two), List.of(vote("a", OURS), vote("b", THEIRS))))
        .isTrue();
  }

  @Test
  void aCardSaysWhatIsWantedAndWhatIsThere() {
    var both = rule(new Answers(2, OURS), new Answers(1, THEIRS));
    assertThat(Quorum.needs(List.of(both), List.of(vote("a", OURS, THEIRS))))
        .containsExactly(new Card.Need(OURS, 2, 1), new Card.Need(THEIRS, 1, 0));
  }

  /** Against trying all ways to give places to people. */
  @Test
  void theMatchingAgreesWithTryingEverything() {
    var random = new Random(20_260_302);
    var names = List.of("a", "b", "c");
    for (int run = 0; run < 2_000; run++) {
      var places =
          IntStream.range(0, 1 + random.nextInt(4))
              .mapToObj(i -> names.get(random.nextInt(3)))
              .toList();
      var votes =
          IntStream.range(0, random.nextInt(5))
              .mapToObj(i ->
                  vote(
                      "p" + i,
                      names.stream().filter(n -> random.nextBoolean()).toArray(String[]::new)))
              .toList();
      var rule = rule(places.stream().map(p -> new Answers(1, p)).toArray(Answers[]::new));
      assertThat(Quorum.isReached(List.of(rule), votes))
          .as("run %s: %s by %s", run, places, votes)
          .isEqualTo(isPossible(places, votes));
    }
  }

  private static boolean isPossible(List<String> places, List<Quorum.Vote> votes) {
    if (places.isEmpty()) {
      return true;
    }
    return votes.stream()
        .filter(vote -> vote.serves().contains(places.getFirst()))
        .anyMatch(vote ->
            isPossible(
                places.subList(1, places.size()),
                votes.stream().filter(other -> !other.equals(vote)).toList()));
  }
}
