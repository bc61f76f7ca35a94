package dev.remit.cedar;

import dev.remit.cedar.request.Facts;
import dev.remit.cedar.request.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Finds the policies whose heads can match a request, without looking at the others.
 *
 * <p>A tree: each split divides policies by the part of the head that tells them apart best, into
 * those that need a certain key of that part and those that need none. A request follows the keys
 * it has. A policy that needs one of several keys stands below each of them and may be met twice.
 */
sealed interface Index {
  /** Policies too few or too alike to divide. */
  record Leaf(List<Policy> policies) implements Index {}

  /** Policies by the key that they need; the rest need none. */
  record Split(Part part, Map<Object, Index> keyed, Index rest) implements Index {}

  /** Below this many a look at each head is cheaper than looking up. */
  int FEW = 4;

  /** Divides these policies. */
  static Index of(List<Policy> policies) {
    if (policies.size() <= FEW) {
      return leaf(policies);
    }
    Part best = Part.PRINCIPAL;
    int least = Integer.MAX_VALUE;
    for (Part part : Part.values()) {
      int remaining = remaining(policies, part);
      if (remaining < least) {
        least = remaining;
        best = part;
      }
    }
    return least < policies.size() ? split(policies, best) : leaf(policies);
  }

  private static Index leaf(List<Policy> policies) {
    return new Leaf(List.copyOf(policies));
  }

  /** How many policies a request meets at most that has one key. */
  private static int remaining(List<Policy> policies, Part part) {
    int free = 0;
    int most = 0;
    var counts = new HashMap<Object, Integer>();
    for (var policy : policies) {
      var keys = policy.constraint(part).keys();
      if (isFree(policy, part)) {
        free++;
      }
      for (Object key : keys) {
        most = Math.max(most, counts.merge(key, 1, Integer::sum));
      }
    }
    return free + most;
  }

  private static boolean isFree(Policy policy, Part part) {
    return policy.constraint(part) instanceof Constraint.Any;
  }

  private static Index split(List<Policy> policies, Part part) {
    var free = new ArrayList<Policy>();
    var keyed = new HashMap<Object, List<Policy>>();
    for (var policy : policies) {
      if (isFree(policy, part)) {
        free.add(policy);
      }
      for (Object key : new LinkedHashSet<>(policy.constraint(part).keys())) {
        keyed.computeIfAbsent(key, k -> new ArrayList<>()).add(policy);
      }
    }
    var below = new HashMap<Object, Index>(keyed.size() * 2);
    keyed.forEach((key, some) -> below.put(key, of(some)));
    return new Split(part, below, of(free));
  }

  /** Shows every policy whose head can match, and perhaps some that cannot. */
  default void visit(Facts facts, Tally tally) {
    switch (this) {
      case Leaf(List<Policy> policies) -> {
        for (int i = 0; i < policies.size(); i++) {
          tally.evaluate(policies.get(i), facts);
        }
      }
      case Split(Part part, Map<Object, Index> keyed, Index rest) -> {
        for (Object key : facts.keys(part)) {
          var below = keyed.get(key);
          if (below != null) {
            below.visit(facts, tally);
          }
        }
        rest.visit(facts, tally);
      }
    }
  }
}
