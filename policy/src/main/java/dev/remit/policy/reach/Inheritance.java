package dev.remit.policy.reach;

import dev.remit.core.identity.Grade;
import dev.remit.core.release.Release;
import dev.remit.core.release.Surroundings.Reach;
import dev.remit.core.target.ConnectorId;
import dev.remit.policy.reach.Inherited.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows what tools reach, from system to system, each declaration once. */
final class Inheritance {
  private final Release release;
  private final List<Reach> reaches;

  Inheritance(Release release) {
    this.release = release;
    this.reaches =
        release.surroundings().reaches().stream()
            .sorted(
                Comparator.comparing((Reach reach) -> reach.from().value())
                    .thenComparingInt(Reach::number))
            .toList();
  }

  /** What somebody with these tools inherits, the nearest first. */
  List<Inherited> of(List<Held> tools) {
    if (reaches.isEmpty()) {
      return List.of();
    }
    var own = new HashMap<ConnectorId, Grade>();
    var names = new HashSet<String>();
    for (var held : tools) {
      if (held.isUsable()) {
        names.add(held.tool().name());
        own.merge(held.tool().connector(), held.tool().effect(), Inheritance::higher);
      }
    }
    var found = new ArrayList<Inherited>();
    follow(names).forEach(chain -> found.add(new Inherited(chain, isOwn(own, chain.getLast()))));
    return found;
  }

  private static Grade higher(Grade one, Grade other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static boolean isOwn(Map<ConnectorId, Grade> own, Step last) {
    var effect = own.get(last.reach().to());
    return effect != null && effect.compareTo(last.reach().effect()) >= 0;
  }

  /** Ways to each declaration that can be followed; the state after one is always the same. */
  private List<List<Step>> follow(Set<String> names) {
    var seen = new HashSet<Reach>();
    var waiting = new ArrayDeque<List<Step>>();
    for (var reach : reaches) {
      operation(reach, name -> names.contains(name))
          .filter(tool -> seen.add(reach))
          .ifPresent(tool -> waiting.add(List.of(new Step(tool, reach))));
    }
    var chains = new ArrayList<List<Step>>();
    while (!waiting.isEmpty()) {
      var chain = waiting.remove();
      chains.add(chain);
      var there = chain.getLast().reach();
      for (var next : reaches) {
        if (next.from().equals(there.to())) {
          operation(next, name -> isWithin(name, there.effect()))
              .filter(tool -> seen.add(next))
              .ifPresent(tool -> waiting.add(and(chain, new Step(tool, next))));
        }
      }
    }
    return chains;
  }

  private static List<Step> and(List<Step> chain, Step step) {
    var longer = new ArrayList<>(chain);
    longer.add(step);
    return longer;
  }

  private boolean isWithin(String tool, Grade effect) {
    var known = release.tools().get(tool);
    return known != null && known.effect().compareTo(effect) <= 0;
  }

  private static Optional<String> operation(
      Reach reach, java.util.function.Predicate<String> isHeld) {
    return reach.through().stream()
        .map(operation -> reach.from() + "_" + operation)
        .sorted()
        .filter(isHeld)
        .findFirst();
  }
}
