package dev.remit.server;

import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.Entry;
import dev.remit.core.release.VersionId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.policy.BesideCedar;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.TenantPolicies;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresJournal;
import dev.remit.postgres.PostgresVersions;
import dev.remit.postgres.PostgresVersions.Activation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Enters into each client's log which policies are in force for it: once after a version came into
 * force, and once in every week that it stays so.
 *
 * <p>The name of an entry is made of the tenant, the activation and the week, and the log holds a
 * name once: so replicas and restarts write one entry together, whoever comes first. Entries of the
 * logs of other tenants go on when one fails; what failed is tried again in the next round.
 */
final class PolicyDuty implements Runnable {

  static final Duration WEEK = Duration.ofDays(7);
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final int LARGEST_BODY = 8 << 20;

  /** The same for every client, so that it tells nothing of any other. */
  private static final String COVERS =
      "the policies of this client alone; what names anybody else is never shown";

  private final Function<VersionId, Optional<CompiledPolicies>> policies;
  private final PostgresVersions versions;
  private final PostgresJournal journal;
  private final SecureIds ids;
  private final InstantSource clock;
  private final int largestBody;
  private @Nullable Term done;

  /** A week of a version in force, counted from its activation. */
  private record Term(Activation activation, long week) {
    String name(TenantId tenant) {
      var text =
          Value.object(
              "tenant", tenant.value(),
              "version", activation.version().value(),
              "since", activation.since().toString(),
              "week", week);
      return "policy-in-force-" + Sha256.of(text).substring("sha256:".length());
    }
  }

  PolicyDuty(
      Function<VersionId, Optional<CompiledPolicies>> policies,
      Database database,
      SecureIds ids,
      InstantSource clock) {
    this(policies, database, ids, clock, LARGEST_BODY);
  }

  PolicyDuty(
      Function<VersionId, Optional<CompiledPolicies>> policies,
      Database database,
      SecureIds ids,
      InstantSource clock,
      int largestBody) {
    this.policies = policies;
    this.versions = new PostgresVersions(database);
    this.journal = new PostgresJournal(database);
    this.ids = ids;
    this.clock = clock;
    this.largestBody = largestBody;
  }

  /** Starts it; it ends with the timers. */
  static void start(
      Timers timers, Database database, PolicyFolder folder, SecureIds ids, InstantSource clock) {
    timers.every(
        "policies in force", ROUND, new PolicyDuty(folder::compiled, database, ids, clock));
  }

  @Override
  public synchronized void run() {
    var term = versions.activation().map(this::term);
    if (term.isEmpty() || term.get().equals(done)) {
      return;
    }
    // A version that this replica has not loaded yet is another one's to enter, or the next
    // round's.
    policies.apply(term.get().activation().version()).ifPresent(known -> enter(term.get(), known));
  }

  private Term term(Activation activation) {
    var age = Duration.between(activation.since(), clock.instant());
    return new Term(activation, Math.max(0, age.dividedBy(WEEK)));
  }

  private void enter(Term term, CompiledPolicies known) {
    RuntimeException failed = null;
    for (var tenant : known.source().release().tenants().keySet()) {
      try {
        journal.appendOnce(entry(term, tenant, TenantPolicies.of(known, tenant)));
      } catch (RuntimeException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
    done = term;
  }

  private Entry entry(Term term, TenantId tenant, TenantPolicies policies) {
    var body = body(policies);
    int size = CanonicalJson.bytes(body).length;
    var fields =
        Value.object(
            "version", term.activation().version().value(),
            "since", term.activation().since().toString(),
            "policies", policies.policies().size(),
            "digest", Sha256.of(body));
    boolean isTooLarge = size > largestBody;
    return new Entry(
        term.name(tenant),
        tenant,
        Entry.Kind.POLICY_IN_FORCE,
        Optional.empty(),
        Optional.empty(),
        clock.instant(),
        isTooLarge
            ? fields.with("omitted", Value.of("the texts have " + size + " bytes, over the limit"))
            : fields,
        isTooLarge ? Value.Obj.EMPTY : body,
        ids.salt());
  }

  /** What the client reads; its digest stands in the leaf, the same as long as it says the same. */
  static Value.Obj body(TenantPolicies policies) {
    List<Value> texts = policies.policies().stream().map(PolicyDuty::shown).toList();
    List<Value> beside = policies.beside().stream().map(PolicyDuty::stated).toList();
    return Value.object(
        "covers", COVERS, "texts", new Value.Array(texts), "beside", new Value.Array(beside));
  }

  /** Without lines: the distance between two policies would tell that something stands between. */
  private static Value shown(TenantPolicies.Shown shown) {
    var policy = shown.policy();
    var value =
        Value.object(
            "id", policy.id(),
            "layer", policy.layer().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "file", policy.origin().file(),
            "effect", policy.isForbid() ? "forbid" : "permit",
            "words", shown.words(),
            "serves", Value.texts(policy.serves()),
            "text", shown.text());
    if (policy.ask().isPresent()) {
      value = value.with("ask", Value.of(policy.ask().get()));
    } else if (policy.isForbid()) {
      value = value.with("reason", Value.of(policy.reason().code()));
    }
    return policy.exception().isPresent()
        ? value.with("exceptionHours", Value.of(policy.exception().get().toHours()))
        : value;
  }

  private static Value stated(BesideCedar.Stated stated) {
    return Value.object(
        "kind", stated.kind(), "file", stated.origin().file(), "words", stated.words());
  }
}
