package dev.remit.core.approval;

import dev.remit.core.identity.PersonId;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the answers that count are enough: every rule by itself, and within a rule one human for
 * one place.
 *
 * <p>Accounts that share a key or an address are one human. Rules that ask for nothing are never
 * satisfied.
 */
public final class Quorum {

  private Quorum() {}

  /**
   * A grant that counts.
   *
   * @param credential the key that signed
   * @param serves groups whose places the person may take
   */
  public record Vote(
      PersonId person, String credential, Optional<String> emailDigest, Set<String> serves) {
    public Vote {
      serves = Set.copyOf(serves);
    }

    private boolean isHumanOf(Vote other) {
      return person.equals(other.person)
          || credential.equals(other.credential)
          || (emailDigest.isPresent() && emailDigest.equals(other.emailDigest));
    }
  }

  /** Whether all rules are satisfied by these grants. */
  public static boolean isReached(List<AskRule> rules, List<Vote> grants) {
    var humans = humans(grants);
    return !rules.isEmpty() && rules.stream().allMatch(rule -> isSatisfied(rule, humans));
  }

  private static boolean isSatisfied(AskRule rule, List<Set<String>> humans) {
    var places = places(rule);
    boolean isAsking =
        !rule.from().isEmpty() && rule.from().stream().allMatch(answers -> answers.count() > 0);
    return isAsking && seated(places, humans).stream().allMatch(Optional::isPresent);
  }

  /** What is wanted of each group, and how many of its places are taken. */
  public static List<Card.Need> needs(List<AskRule> rules, List<Vote> grants) {
    var humans = humans(grants);
    var needs = new LinkedHashMap<String, Card.Need>();
    for (var rule : rules) {
      for (var need : needs(rule, humans)) {
        needs.merge(need.group(), need, (a, b) -> a.wanted() >= b.wanted() ? a : b);
      }
    }
    return List.copyOf(needs.values());
  }

  private static List<Card.Need> needs(AskRule rule, List<Set<String>> humans) {
    var places = places(rule);
    var seated = seated(places, humans);
    var wanted = new LinkedHashMap<String, Integer>();
    var given = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < places.size(); i++) {
      wanted.merge(places.get(i), 1, Integer::sum);
      given.merge(places.get(i), seated.get(i).isPresent() ? 1 : 0, Integer::sum);
    }
    return wanted.entrySet().stream()
        .map(e -> new Card.Need(e.getKey(), e.getValue(), given.getOrDefault(e.getKey(), 0)))
        .toList();
  }

  private static List<String> places(AskRule rule) {
    var places = new ArrayList<String>();
    for (Answers answers : rule.from()) {
      for (int i = 0; i < answers.count(); i++) {
        places.add(answers.group());
      }
    }
    return places;
  }

  /** Groups of each human, accounts of one human taken together. */
  private static List<Set<String>> humans(List<Vote> grants) {
    var humans = new ArrayList<List<Vote>>();
    for (var vote : grants) {
      var same = humans.stream().filter(h -> h.stream().anyMatch(vote::isHumanOf)).toList();
      var merged = new ArrayList<>(List.of(vote));
      same.forEach(merged::addAll);
      humans.removeAll(same);
      humans.add(merged);
    }
    return humans.stream()
        .map(votes -> {
          Set<String> all = new HashSet<>();
          votes.forEach(vote -> all.addAll(vote.serves()));
          return all;
        })
        .toList();
  }

  /** A largest matching of humans to places, by augmenting paths; each place's human, if any. */
  private static List<Optional<Integer>> seated(List<String> places, List<Set<String>> humans) {
    Map<Integer, Integer> placeOf = new LinkedHashMap<>();
    for (int place = 0; place < places.size(); place++) {
      seat(place, places, humans, placeOf, new HashSet<>());
    }
    var seated = new ArrayList<Optional<Integer>>();
    for (int place = 0; place < places.size(); place++) {
      int wanted = place;
      seated.add(
          placeOf.entrySet().stream()
              .filter(e -> e.getValue() == wanted)
              .map(Map.Entry::getKey)
              .findFirst());
    }
    return seated;
  }

  private static boolean seat(
      int place,
      List<String> places,
      List<Set<String>> humans,
      Map<Integer, Integer> placeOf,
      Set<Integer> tried) {
    for (int human = 0; human < humans.size(); human++) {
      if (!humans.get(human).contains(places.get(place)) || !tried.add(human)) {
        continue;
      }
      var taken = placeOf.get(human);
      if (taken == null || seat(taken, places, humans, placeOf, tried)) {
        placeOf.put(human, place);
        return true;
      }
    }
    return false;
  }
}
