package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal.Field;
import dev.remit.core.evidence.Journal.Found;
import dev.remit.core.evidence.Journal.Search;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.TrustedKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Entries are found by what they say, in their own tenant's log alone, page after page. */
class TrailSearchTest {

  private static final World WORLD = new World();
  private static final TenantId OTHER = new TenantId("northwind-legal");

  @BeforeAll
  static void twoLogs() {
    var key = Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
    for (int i = 0; i < 6; i++) {
      append(HARBOR, Entry.Kind.INTENT, acted("desk", "rmm/device/" + i));
      append(OTHER, Entry.Kind.INTENT, acted("desk", "rmm/device/" + (10 + i)));
    }
    append(
        HARBOR, Entry.Kind.REFUSAL, Value.object("agent", "desk", "targets", List.of("rmm/a/1")));
    append(HARBOR, Entry.Kind.KILL, Value.object("by", "staff/olga"));
    try (var integrator =
        new PostgresIntegrator(
            WORLD.database,
            "lab",
            new LogSigning(
                (tenant, checkpoint) -> checkpoint.sign(key), TrustedKeys.of(key.verifier())),
            InstantSource.fixed(NOW))) {
      while (integrator.runOnce() > 0) {
        assertThat(WORLD.database.isReachable()).isTrue();
      }
    }
  }

  private static Value.Obj acted(String agent, String target) {
    return Value.object(
        "agent", agent, "targets", List.of(Value.object("ref", target, "version", "1")));
  }

  private static void append(TenantId tenant, Entry.Kind kind, Value.Obj fields) {
    WORLD.journal.append(
        new Entry(
            WORLD.id(),
            tenant,
            kind,
            Optional.empty(),
            Optional.empty(),
            NOW,
            fields,
            Value.Obj.EMPTY,
            "00".repeat(16)));
  }

  @AfterAll
  static void close() {
    WORLD.close();
  }

  private static Found find(TenantId tenant, Map<Field, String> wanted, long from, int limit) {
    return WORLD.journal.search(
        new Search(tenant, wanted, Optional.empty(), Optional.empty(), from, limit));
  }

  private static List<String> kinds(Found found) {
    return found.entries().stream()
        .map(entry -> Json.parseObject(entry.leaf()).text("kind").orElse(""))
        .toList();
  }

  @Test
  void eachFieldFindsItsOwn() {
    assertThat(kinds(find(HARBOR, Map.of(Field.TARGET, "rmm/device/3"), 0, 10)))
        .containsExactly("intent");
    assertThat(kinds(find(HARBOR, Map.of(Field.TARGET, "rmm/a/1"), 0, 10)))
        .containsExactly("refusal");
    assertThat(kinds(find(HARBOR, Map.of(Field.PERSON, "staff/olga"), 0, 10)))
        .containsExactly("kill");
    assertThat(kinds(find(HARBOR, Map.of(Field.AGENT, "desk"), 0, 10))).hasSize(7);
    assertThat(kinds(find(HARBOR, Map.of(Field.AGENT, "desk", Field.KIND, "refusal"), 0, 10)))
        .containsExactly("refusal");
    assertThat(kinds(find(HARBOR, Map.of(Field.AGENT, "d' or ''='"), 0, 10))).isEmpty();
  }

  @Test
  void pagesGoOnWhereTheyEnded() {
    var first = find(HARBOR, Map.of(Field.AGENT, "desk"), 0, 4);
    assertThat(first.entries()).hasSize(4);
    var second = find(HARBOR, Map.of(Field.AGENT, "desk"), first.next().orElseThrow(), 4);
    assertThat(second.entries()).hasSize(3);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void anotherTenantsEntriesAreNeverFound() {
    assertThat(find(HARBOR, Map.of(Field.TARGET, "rmm/device/12"), 0, 10).entries()).isEmpty();
    assertThat(find(OTHER, Map.of(Field.TARGET, "rmm/device/12"), 0, 10).entries()).hasSize(1);
    assertThat(find(new TenantId("nobody"), Map.of(), 0, 10))
        .isEqualTo(new Found(List.of(), Optional.empty()));
  }

  @Test
  void timesAreBounds() {
    var none =
        WORLD.journal.search(
            new Search(HARBOR, Map.of(), Optional.of(NOW.plusSeconds(1)), Optional.empty(), 0, 10));
    assertThat(none.entries()).isEmpty();
    var until =
        WORLD.journal.search(
            new Search(HARBOR, Map.of(), Optional.empty(), Optional.of(NOW), 0, 10));
    assertThat(until.entries()).isEmpty();
  }
}
