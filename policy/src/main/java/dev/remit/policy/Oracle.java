package dev.remit.policy;

import com.cedarpolicy.model.exception.AuthException;
import dev.remit.core.release.Release;
import dev.remit.policy.Evaluation.Evaluator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Compares the engine that decides with the official library on generated requests. A version on
 * which they disagree must not decide anything.
 *
 * <p>The requests follow from the version alone: the same version is compared on the same requests
 * everywhere. The official library sees the slice of a request, and for one in a hundred also the
 * whole set, which proves that slices leave nothing out.
 */
public final class Oracle {
  /** How many requests a version has to stand before it is activated. */
  public static final int AT_ACTIVATION = 10_000;

  /** How many an active version has to stand when a server loads it, perhaps with a new engine. */
  public static final int AT_LOAD = 200;

  private static final int CHUNKS = 20;
  private static final int WHOLE_EVERY = 100;

  private final Release release;
  private final CompiledPolicies policies;
  private final Evaluator engine;
  private final Evaluator sliced;
  private final Evaluator whole;

  Oracle(Release release, CompiledPolicies policies, Evaluator engine) {
    this.release = release;
    this.policies = policies;
    this.engine = engine;
    var slices = new PolicySlices(policies, release.tools());
    this.sliced = new OfficialEvaluator(slices, true);
    this.whole = new OfficialEvaluator(slices, false);
  }

  /** Compares the engines on so many requests over these policies. */
  public static Agreement compare(Release release, CompiledPolicies policies, int requests) {
    return new Oracle(release, policies, new CompiledEvaluator(policies.engine()))
        .compare(requests);
  }

  Agreement compare(int requests) {
    long seed = release.version().value().hashCode();
    if (release.tools().isEmpty() || release.tenants().isEmpty()) {
      return new Agreement(0, 0, seed, Optional.empty());
    }
    int each = (requests + CHUNKS - 1) / CHUNKS;
    var disagreement =
        IntStream.range(0, CHUNKS)
            .parallel()
            .mapToObj(chunk -> compare(new Random(seed + chunk), each))
            .flatMap(Optional::stream)
            .findFirst();
    int wholes = CHUNKS * ((each + WHOLE_EVERY - 1) / WHOLE_EVERY);
    return new Agreement(CHUNKS * each, wholes, seed, disagreement);
  }

  private Optional<String> compare(Random random, int requests) {
    var generated = new GeneratedFacts(release, policies, random);
    for (int i = 0; i < requests; i++) {
      var facts = generated.next();
      var ours = answer(engine, facts);
      var theirs = answer(sliced, facts);
      if (!ours.equals(theirs)) {
        return Optional.of("the engines disagree: " + ours + ", officially " + theirs);
      }
      if (i % WHOLE_EVERY == 0) {
        var all = answer(whole, facts);
        if (!ours.equals(all)) {
          return Optional.of("a slice leaves something out: " + ours + ", officially " + all);
        }
      }
    }
    return Optional.empty();
  }

  /** Decision, reasons and policies that erred; the words of errors are each engine's own. */
  private record Answer(boolean isAllowed, List<String> determining, List<String> erring) {}

  private static Answer answer(Evaluator evaluator, Facts facts) {
    try {
      var evaluation = evaluator.evaluate(facts);
      var erring =
          evaluation.errors().stream()
              .map(error -> error.substring(0, Math.max(0, error.indexOf("`: "))))
              .sorted()
              .toList();
      return new Answer(evaluation.isAllowed(), evaluation.determining(), erring);
    } catch (AuthException | RuntimeException | LinkageError | StackOverflowError e) {
      return new Answer(false, List.of(), List.of(e.getClass().getSimpleName()));
    }
  }
}
