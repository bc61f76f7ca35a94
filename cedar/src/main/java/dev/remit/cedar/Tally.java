package dev.remit.cedar;

import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Value.Bool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what the policies of one decision say; allocates only for what it collects. */
final class Tally {
  private final Found permits = new Found();
  private final Found forbids = new Found();
  private List<Failed> failed = List.of();

  private record Failed(Policy policy, Failure failure) {}

  /** Satisfied policies of one effect: mostly none or one. */
  private static final class Found {
    private List<Policy> policies = List.of();

    void add(Policy policy) {
      if (policies.isEmpty()) {
        policies = new ArrayList<>(2);
      }
      if (!policies.contains(policy)) {
        policies.add(policy);
      }
    }

    List<String> ids() {
      if (policies.size() <= 1) {
        return policies.isEmpty() ? List.of() : policies.getFirst().alone();
      }
      policies.sort(Comparator.comparingInt(Policy::place));
      return policies.stream().map(Policy::id).toList();
    }
  }

  void evaluate(Policy policy, Facts facts) {
    var outcome = policy.eval(facts);
    if (outcome == Bool.FALSE) {
      return;
    }
    if (outcome instanceof Failure failure) {
      fail(new Failed(policy, failure));
    } else if (policy.isForbid()) {
      forbids.add(policy);
    } else {
      permits.add(policy);
    }
  }

  private void fail(Failed failure) {
    if (failed.isEmpty()) {
      failed = new ArrayList<>();
    }
    if (!failed.contains(failure)) {
      failed.add(failure);
    }
  }

  Answer answer() {
    var forbidding = forbids.ids();
    if (!forbidding.isEmpty()) {
      return new Answer(false, forbidding, failures());
    }
    var permitting = permits.ids();
    return new Answer(!permitting.isEmpty(), permitting, failures());
  }

  private List<PolicyFailure> failures() {
    if (failed.isEmpty()) {
      return List.of();
    }
    failed.sort(Comparator.comparingInt(one -> one.policy().place()));
    return failed.stream().map(one -> new PolicyFailure(one.policy().id(), one.failure())).toList();
  }
}
