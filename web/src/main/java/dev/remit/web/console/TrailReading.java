package dev.remit.web.console;

import dev.remit.core.evidence.Journal;
import dev.remit.core.flow.Oversight;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.console.TrailView.Row;
import dev.remit.web.people.Rights.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads the evidence of one tenant: as lines, and as the path of one call. */
final class TrailReading {

  private static final int ENTRIES = 1_000;
  private static final int ROWS = 60;
  private static final String BASE = "/console/trail";

  private final Oversight oversight;

  TrailReading(Oversight oversight) {
    this.oversight = oversight;
  }

  TrailView period(Sight sight, Tenant tenant, String period, Instant now) {
    var since = now.minus(length(period));
    return view(sight, tenant, period, Optional.empty(), Optional.of(since), now);
  }

  TrailView task(Sight sight, Tenant tenant, String task, Instant now) {
    return view(sight, tenant, "", Optional.of(task), Optional.empty(), now);
  }

  private TrailView view(
      Sight sight,
      Tenant tenant,
      String period,
      Optional<String> task,
      Optional<Instant> since,
      Instant now) {
    oversight.read(tenant.id(), sight.person().id().text(), Oversight.What.TRAIL, task.orElse(""));
    var leaves = read(tenant.id(), Optional.empty(), task, since);
    var byCall = new LinkedHashMap<String, List<Leaf>>();
    var rows = new ArrayList<Row>();
    for (var leaf : leaves) {
      if (leaf.call().isPresent()) {
        byCall.computeIfAbsent(leaf.call().get(), _ -> new ArrayList<>()).add(leaf);
      } else {
        rows.add(event(leaf));
      }
    }
    byCall.forEach((call, own) -> rows.add(call(tenant.id(), call, own)));
    rows.sort(Comparator.comparing(Row::at).reversed());
    return new TrailView(
        sight.tenancy(tenant, Verb.READ_TRAIL, BASE),
        period,
        task,
        rows.subList(0, Math.min(ROWS, rows.size())),
        leaves.size() == ENTRIES || rows.size() > ROWS,
        now);
  }

  private static Row call(TenantId tenant, String call, List<Leaf> leaves) {
    var first = leaves.getFirst();
    var last = leaves.getLast();
    return new Row(
        first.at(),
        Optional.of("/console/call/" + tenant.value() + "/" + call),
        CallPath.title(first),
        CallPath.worker(first),
        first.targets(),
        leaves.stream()
            .map(leaf -> leaf.field("decision"))
            .filter(word -> !word.isEmpty())
            .findFirst()
            .map(Badge::word),
        Optional.of(last.field("outcome")).filter(word -> !word.isEmpty()).map(Badge::word));
  }

  private static Row event(Leaf leaf) {
    String who = leaf.field("person").isEmpty() ? leaf.field("by") : leaf.field("person");
    String verdict = leaf.field("verdict").isEmpty() ? leaf.field("state") : leaf.field("verdict");
    return new Row(
        leaf.at(),
        Optional.empty(),
        leaf.kind().replace('-', ' '),
        who.isEmpty() ? leaf.field("agent") : who,
        leaf.targets(),
        Optional.of(verdict).filter(word -> !word.isEmpty()).map(CallPath::verdict),
        Optional.empty());
  }

  /** The path of one call, with the proposal it waited for and what ran because of that. */
  Optional<CallView> call(Sight sight, Tenant tenant, String call) {
    var own = read(tenant.id(), Optional.of(call), Optional.empty(), Optional.empty());
    if (own.isEmpty()) {
      return Optional.empty();
    }
    oversight.read(tenant.id(), sight.person().id().text(), Oversight.What.TRAIL, call);
    var all = new ArrayList<>(own);
    own.stream()
        .flatMap(leaf -> leaf.task().stream())
        .findFirst()
        .ifPresent(task -> all.addAll(waitedFor(tenant.id(), call, task, own)));
    all.sort(Comparator.comparing(Leaf::at));
    return Optional.of(CallPath.of(sight.tenancy(tenant, Verb.READ_TRAIL, BASE), call, all));
  }

  /**
   * Entries of the same task about the proposal that a call made or stands on: those that name its
   * handle, and those of the calls that ask for the very same.
   */
  private List<Leaf> waitedFor(TenantId tenant, String call, String task, List<Leaf> own) {
    var ofTask = read(tenant, Optional.empty(), Optional.of(task), Optional.empty());
    var digests = new HashSet<String>();
    own.forEach(leaf -> digests.add(leaf.field("digest")));
    digests.remove("");
    var handles = new HashSet<String>();
    var calls = new HashSet<String>();
    for (var leaf : ofTask) {
      boolean isSame = digests.contains(leaf.field("digest"));
      if (isSame || leaf.call().equals(Optional.of(call))) {
        leaf.handle().ifPresent(handles::add);
      }
    }
    if (handles.isEmpty()) {
      return List.of();
    }
    for (var leaf : ofTask) {
      boolean isAbout = leaf.handle().filter(handles::contains).isPresent();
      if (isAbout || digests.contains(leaf.field("digest"))) {
        leaf.call().ifPresent(calls::add);
      }
    }
    return ofTask.stream()
        .filter(leaf -> !leaf.call().equals(Optional.of(call)))
        .filter(leaf ->
            leaf.handle().filter(handles::contains).isPresent()
                || leaf.call().filter(calls::contains).isPresent())
        .toList();
  }

  private List<Leaf> read(
      TenantId tenant, Optional<String> call, Optional<String> task, Optional<Instant> since) {
    var query = new Journal.Query(tenant, 0, ENTRIES, call, task, since);
    return oversight.trail(query).stream().map(Leaf::of).toList();
  }

  private static Duration length(String period) {
    return switch (period) {
      case "24h" -> Duration.ofHours(24);
      case "7d" -> Duration.ofDays(7);
      default -> Duration.ofHours(1);
    };
  }
}
