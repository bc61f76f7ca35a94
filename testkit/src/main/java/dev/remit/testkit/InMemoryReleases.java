package dev.remit.testkit;

import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** {@link Releases} in memory: what was activated last, and nothing before that. */
public final class InMemoryReleases implements Releases {
  private final AtomicReference<Optional<Active>> active = new AtomicReference<>(Optional.empty());

  @Override
  public Active active() {
    return active
        .get()
        .orElseThrow(() -> new PolicyUnavailableException("no policy version is active"));
  }

  @Override
  public void refresh() {
    // What is activated is seen at once.
  }

  /** Activates a version with its decision point. */
  public void activate(Release release, DecisionPoint decisionPoint) {
    active.set(Optional.of(new Active(release, decisionPoint)));
  }

  /** From now on no policy can be had. */
  public void takeAway() {
    active.set(Optional.empty());
  }
}
