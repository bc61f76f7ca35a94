package dev.remit.server.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What a receiver has seen, whether or not it acknowledged it. */
final class Received {

  private final Map<String, List<Long>> seen = new LinkedHashMap<>();

  synchronized void take(Value.Obj ocsf) {
    var metadata = ocsf.object("metadata").orElseThrow();
    seen.computeIfAbsent(metadata.text("tenant_uid").orElseThrow(), t -> new ArrayList<>())
        .add(metadata.integer("sequence").orElseThrow());
  }

  synchronized int all() {
    return seen.values().stream().mapToInt(List::size).sum();
  }

  synchronized List<String> tenants() {
    return List.copyOf(seen.keySet());
  }

  /** Everything came, each first time in order; what came twice came again in order, too. */
  synchronized void assertWhole(TenantId tenant, long entries) {
    var indexes = seen.getOrDefault(tenant.value(), List.of());
    assertThat(List.copyOf(new LinkedHashSet<>(indexes)))
        .isEqualTo(LongStream.range(0, entries).boxed().toList());
    for (int i = 1; i < indexes.size(); i++) {
      // Either the next one, or back to something that had come before.
      assertThat(indexes.get(i)).isLessThanOrEqualTo(indexes.get(i - 1) + 1);
    }
  }
}
