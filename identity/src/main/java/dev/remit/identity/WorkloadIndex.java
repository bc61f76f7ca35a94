package dev.remit.identity;

import dev.remit.core.release.Release;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registered workloads of the policy version in force, indexed once for each version. Thread
 * safe.
 */
public final class WorkloadIndex implements Supplier<Workloads> {

  private final Supplier<Release> release;

  /** The index of the release last seen; replaced as a whole. */
  private volatile @Nullable Indexed indexed;

  private record Indexed(Release release, Workloads workloads) {}

  /** Over the policy version in force; what it throws is passed on. */
  public WorkloadIndex(Supplier<Release> release) {
    this.release = release;
  }

  @Override
  public Workloads get() {
    var current = release.get();
    var known = indexed;
    if (known == null || !known.release().equals(current)) {
      known = new Indexed(current, Workloads.of(current));
      indexed = known;
    }
    return known.workloads();
  }
}
