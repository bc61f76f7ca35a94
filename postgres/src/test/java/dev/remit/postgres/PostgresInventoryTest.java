package dev.remit.postgres;

import static dev.remit.postgres.World.DEVICE;
import static dev.remit.postgres.World.FOREIGN;
import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static dev.remit.postgres.World.RMM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.target.Inventory.Ambiguous;
import dev.remit.core.target.Inventory.Proven;
import dev.remit.core.target.Inventory.Resolution;
import dev.remit.core.target.Inventory.Stale;
import dev.remit.core.target.Inventory.Unknown;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresInventoryTest {

  private static final Duration DAY = Duration.ofHours(24);

  private final World world = new World();
  private final AtomicReference<Map<TenantId, Tenant>> tenants =
      new AtomicReference<>(World.TENANTS);
  private final PostgresInventory inventory = other();

  private PostgresInventory other() {
    return new PostgresInventory(world.database, tenants::get, Duration.ofSeconds(5));
  }

  @BeforeEach
  void aRecordSeenJustNowIsProven() {
    assertThat(tenant(inventory.resolve(DEVICE, DAY, NOW))).isEqualTo(HARBOR);
    assertThat(tenant(inventory.resolve(FOREIGN, DAY, NOW))).isEqualTo(NORTH);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static TenantId tenant(Resolution resolution) {
    return ((Proven) resolution).record().tenant();
  }

  private Resolution resolve(TargetRef ref) {
    return inventory.resolve(ref, DAY, NOW);
  }

  @Test
  void aRecordKeepsWhatWasRead() {
    var record = ((Proven) resolve(DEVICE)).record();
    assertThat(record.attributes()).isEqualTo(World.reading(DEVICE, "org-1", "1").attributes());
    assertThat(record.binding()).containsExactly("role");
    assertThat(record.seenAt()).isEqualTo(NOW);
  }

  @Test
  void noRecordIsUnknown() {
    assertThat(resolve(new TargetRef(RMM, "device", "0"))).isEqualTo(new Unknown());
    assertThat(resolve(new TargetRef(RMM, "ticket", "17"))).isEqualTo(new Unknown());
  }

  @Test
  void aRecordIsStaleOnceItIsOlderThanAsked() {
    assertThat(inventory.resolve(DEVICE, DAY, NOW.plus(DAY))).isInstanceOf(Proven.class);
    assertThat(inventory.resolve(DEVICE, DAY, NOW.plus(DAY).plusMillis(1)))
        .isInstanceOf(Stale.class);
  }

  @Test
  void anOwnerThatNoTenantHasIsUnknown() {
    inventory.update(World.reading(DEVICE, "org-9", "1"), NOW.plusSeconds(1));
    assertThat(resolve(DEVICE)).isEqualTo(new Unknown());
  }

  @Test
  void anOwnerThatTwoTenantsHaveIsAmbiguous() {
    tenants.set(Map.of(HARBOR, World.tenant(HARBOR, "org-1"), NORTH, World.tenant(NORTH, "org-1")));
    assertThat(resolve(DEVICE)).isInstanceOf(Ambiguous.class);
    assertThat(world.count("target where id = '17' and tenant = '_operator'")).isEqualTo(1);
  }

  @Test
  void aRecordNamedTwiceInOneReadingIsAmbiguous() {
    inventory.replace(
        RMM,
        "device",
        List.of(World.reading(DEVICE, "org-1", "1"), World.reading(DEVICE, "org-2", "1")),
        NOW.plusSeconds(1));
    assertThat(resolve(DEVICE)).isInstanceOf(Ambiguous.class);
    assertThat(world.count("target where id = '17' and tenant = '_operator'")).isEqualTo(1);
  }

  @Test
  void theTenantFollowsTheActiveVersionsTenants() {
    tenants.set(Map.of(HARBOR, World.tenant(HARBOR, "org-2"), NORTH, World.tenant(NORTH, "org-1")));
    assertThat(tenant(resolve(DEVICE))).isEqualTo(NORTH);
    assertThat(world.count("target where id = '17' and tenant = 'north-legal'")).isEqualTo(1);
    assertThat(world.count("target where id = '99' and tenant = 'harbor-dental'")).isEqualTo(1);
  }

  @Test
  void aRecordAbsentFromTheNextReadingIsGone() {
    inventory.replace(
        RMM, "device", List.of(World.reading(FOREIGN, "org-2", "1")), NOW.plusSeconds(1));
    assertThat(resolve(DEVICE)).isEqualTo(new Unknown());
    assertThat(tenant(resolve(FOREIGN))).isEqualTo(NORTH);
  }

  @Test
  void anOlderReadingChangesNothing() {
    inventory.replace(RMM, "device", List.of(), NOW.minusSeconds(1));
    inventory.update(World.reading(DEVICE, "org-2", "0"), NOW.minusSeconds(1));
    assertThat(tenant(resolve(DEVICE))).isEqualTo(HARBOR);
  }

  @Test
  void anotherReplicaHearsOfAChangeAfterItsPause() {
    var replica = other();
    assertThat(tenant(replica.resolve(DEVICE, DAY, NOW))).isEqualTo(HARBOR);
    inventory.update(World.reading(DEVICE, "org-2", "2"), NOW.plusSeconds(1));
    assertThat(tenant(replica.resolve(DEVICE, DAY, NOW.plusSeconds(1)))).isEqualTo(HARBOR);
    assertThat(tenant(replica.resolve(DEVICE, DAY, NOW.plusSeconds(5)))).isEqualTo(NORTH);
  }

  @Test
  void anotherReplicaHearsOfARemovalAndAtOnceWhenTold() {
    var replica = other();
    assertThat(tenant(replica.resolve(DEVICE, DAY, NOW))).isEqualTo(HARBOR);
    inventory.replace(RMM, "device", List.of(), NOW.plusSeconds(1));
    replica.recheck(DEVICE);
    assertThat(replica.resolve(DEVICE, DAY, NOW.plusSeconds(1))).isEqualTo(new Unknown());
  }

  @Test
  void aReadingThatSaysTheSameIsWrittenAtMostOnceAMinute() {
    inventory.update(World.reading(DEVICE, "org-1", "1"), NOW.plusSeconds(59));
    assertThat(seenAt()).isEqualTo(NOW);
    inventory.update(World.reading(DEVICE, "org-1", "1"), NOW.plusSeconds(60));
    assertThat(seenAt()).isEqualTo(NOW.plusSeconds(60));
  }

  private Instant seenAt() {
    return ((Proven) inventory.resolve(DEVICE, DAY, NOW.plusSeconds(61))).record().seenAt();
  }

  @Test
  void aListingNamesTheTenantsOwnRecordsAlone() {
    var listing = new PostgresTargetListing(world.database);
    assertThat(listing.list(HARBOR, "device", 0, 100)).contains(DEVICE).doesNotContain(FOREIGN);
    assertThat(listing.list(NORTH, "device", 0, 100)).contains(FOREIGN).doesNotContain(DEVICE);
    assertThat(listing.list(HARBOR, "ticket", 0, 100)).doesNotContain(DEVICE);
    assertThat(listing.list(HARBOR, "device' or 'a'='a", 0, 100)).isEmpty();
    inventory.update(World.reading(DEVICE, "org-2", "2"), NOW.plusSeconds(1));
    assertThat(listing.list(HARBOR, "device", 0, 100)).doesNotContain(DEVICE);
  }

  @Test
  void aListingComesInPartsThatFollowOneAnother() {
    var listing = new PostgresTargetListing(world.database);
    var readings =
        java.util.stream.IntStream.range(0, 5)
            .mapToObj(i -> World.reading(new TargetRef(RMM, "device", "p" + i), "org-1", "1"))
            .toList();
    inventory.replace(RMM, "device", readings, NOW.plusSeconds(1));
    var first = listing.list(HARBOR, "device", 0, 3);
    var second = listing.list(HARBOR, "device", 3, 3);
    assertThat(first).hasSize(3);
    assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
  }
}
