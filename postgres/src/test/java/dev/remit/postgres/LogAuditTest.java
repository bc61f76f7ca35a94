package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the database's owner changes below a head is found, in that log alone. */
class LogAuditTest {

  private static final String LEAF_AT_3 = " where tenant = 'harbor-dental' and index = 3";
  private static final String ENTRY_AT_3 =
      " where tenant = 'harbor-dental' and id = (select entry from remit.leaf" + LEAF_AT_3 + ")";

  private final World world = new World();
  private final Ed25519Signer key =
      Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
  private final TrustedKeys trusted = TrustedKeys.of(key.verifier());
  private final PostgresIntegrator integrator =
      new PostgresIntegrator(
          world.database,
          "lab",
          new LogSigning((tenant, checkpoint) -> checkpoint.sign(key), trusted),
          InstantSource.fixed(NOW));

  @BeforeEach
  void fill() {
    append(HARBOR, 10);
    append(NORTH, 3);
    drain();
    // Not even the owner changes an entry while it is there.
    TestDatabase.run(
        world.at.admin(), "alter table remit.entry disable trigger entry_loses_only_its_body");
  }

  @AfterEach
  void close() {
    integrator.close();
    world.close();
  }

  private void append(TenantId tenant, int times) {
    for (int i = 0; i < times; i++) {
      world.journal.append(world.entry(tenant, Entry.Kind.REFUSAL));
    }
  }

  private void bulk(int entries) {
    TestDatabase.run(
        world.at.serving(),
        "select remit.append_entry('harbor-dental', 'bulk-' || i, 'refusal', null, null,"
            + " '2026-01-01Z', '\"bulk ' || i || '\"', '{}', '00') from generate_series(1, "
            + entries
            + ") i");
    drain();
  }

  private void drain() {
    while (integrator.runOnce() > 0) {
      assertThat(world.database.isReachable()).isTrue();
    }
  }

  private PostgresLogAudit audit(int leaves) {
    return new PostgresLogAudit(world.database, "lab", trusted, leaves);
  }

  private void changed(String... statements) {
    TestDatabase.run(world.at.admin(), statements);
  }

  /** What one walk through all logs finds. */
  private Optional<BrokenLogException> found(PostgresLogAudit audit) {
    Optional<BrokenLogException> found = Optional.empty();
    int runs = 0;
    do {
      assertThat(++runs).as("a walk ends").isLessThan(1_000);
      try {
        audit.runOnce();
      } catch (BrokenLogException e) {
        assertThat(found).as("found once in a walk").isEmpty();
        assertThat(e.getSuppressed()).isEmpty();
        found = Optional.of(e);
      }
    } while (!audit.isAtTheStart());
    return found;
  }

  private void assertFound(String how) {
    for (int leaves : new int[] {5_000, 1, 7}) {
      assertThat(found(audit(leaves)))
          .as("%s leaves a run", leaves)
          .hasValueSatisfying(broken -> {
            assertThat(broken.tenant()).isEqualTo(HARBOR);
            assertThat(broken).hasMessageContaining(how);
          });
    }
  }

  @Test
  void logsThatAreWhatWasSignedAreWalkedThroughAgainAndAgain() {
    var audit = audit(4);
    for (int walks = 0; walks < 3; walks++) {
      assertThat(found(audit)).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "another byte | set leaf = replace(leaf, 'test', 'tesT') | its text changed",
        "the same JSON, other bytes | set leaf = concat(leaf, ' ') | its text changed",
        "an empty text | set leaf = '' | its text changed",
      })
  void aReplacedEntryIsFound(String name, String change, String how) {
    assertThat(name).isNotEmpty();
    changed("update remit.entry " + change + ENTRY_AT_3);
    assertFound(how);
  }

  @Test
  void aReplacedLeafIsFound() {
    changed("update remit.leaf set hash = sha256('other')" + LEAF_AT_3);
    assertFound("place 3");
  }

  @Test
  void anEntryThatWasReplacedWithItsLeafIsFound() {
    changed(
        "update remit.entry set leaf = replace(leaf, 'test', 'fine')" + ENTRY_AT_3,
        "update remit.leaf l set hash = sha256('\\x00'::bytea || convert_to(e.leaf, 'UTF8'))"
            + " from remit.entry e where e.tenant = l.tenant and e.id = l.entry"
            + " and l.tenant = 'harbor-dental' and l.index = 3");
    assertFound("not those which were signed");
  }

  @Test
  void aMissingEntryIsFound() {
    changed("delete from remit.entry" + ENTRY_AT_3);
    assertFound("was logged at place 4");
  }

  @Test
  void aMissingLeafIsFound() {
    changed("delete from remit.leaf" + LEAF_AT_3);
    assertFound("never was");
  }

  @Test
  void aMissingLastEntryIsFound() {
    changed(
        "delete from remit.entry where tenant = 'harbor-dental' and id ="
            + " (select entry from remit.leaf where tenant = 'harbor-dental' and index = 9)");
    assertFound("ends after 9 entries, and 10 were signed");
  }

  @Test
  void anEntryThatWasPutInBetweenIsFound() {
    changed(
        "insert into remit.entry (tenant, id, kind, at, leaf, body, salt, xid, seq)"
            + " overriding system value select tenant, 'planted', kind, at, leaf, body, salt,"
            + " xid, -seq from remit.entry"
            + ENTRY_AT_3);
    assertFound("`planted` never was");
  }

  @Test
  void swappedLeavesAreFound() {
    changed(
        "update remit.leaf set index = -1" + LEAF_AT_3,
        "update remit.leaf set index = 3 where tenant = 'harbor-dental' and index = 4",
        "update remit.leaf set index = 4 where tenant = 'harbor-dental' and index = -1");
    assertFound("was logged at place 4");
  }

  @Test
  void swappedTextsAreFoundAlsoWithTheirHashes() {
    changed(
        "create temporary table two as select l.index, l.hash, e.leaf from remit.leaf l join"
            + " remit.entry e on e.tenant = l.tenant and e.id = l.entry"
            + " where l.tenant = 'harbor-dental' and l.index in (3, 4)",
        "update remit.entry e set leaf = two.leaf from two, remit.leaf l"
            + " where l.tenant = 'harbor-dental' and l.index = 7 - two.index"
            + " and e.tenant = l.tenant and e.id = l.entry");
    assertFound("its text changed");
    changed(
        "update remit.leaf l set hash = sha256('\\x00'::bytea || convert_to(e.leaf, 'UTF8'))"
            + " from remit.entry e where e.tenant = l.tenant and e.id = l.entry"
            + " and l.tenant = 'harbor-dental'");
    assertFound("not those which were signed");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "another hash | update remit.subtree set hash = sha256('other') where index = 1"
            + " | level 1 at place 1",
        "swapped hashes | update remit.subtree s set hash = o.hash from remit.subtree o where"
            + " o.tenant = s.tenant and o.index = 3 - s.index and s.index in (1, 2)"
            + " | level 1 at place 1",
        "no hash | delete from remit.subtree where index = 3 | level 1 at place 3",
        "one of leaves that are not there | insert into remit.subtree values"
            + " ('harbor-dental', 1, 4, sha256('other')) | leaves that it does not have",
        "one far away | insert into remit.subtree values"
            + " ('harbor-dental', 7, 9223372036854775807, sha256('other'))"
            + " | leaves that it does not have",
      })
  void aStoredHashOfATileThatIsNotOfItsLeavesIsFound(String name, String change, String how) {
    assertThat(name).isNotEmpty();
    bulk(1_200);
    assertThat(found(audit(5_000))).as("as it was integrated").isEmpty();
    changed(change);
    for (int leaves : new int[] {5_000, 300}) {
      assertThat(found(audit(leaves)))
          .hasValueSatisfying(broken -> {
            assertThat(broken.tenant()).isEqualTo(HARBOR);
            assertThat(broken).hasMessageContaining(how);
          });
    }
  }

  @Test
  void aCheckpointOfAnotherKeyAndNoCheckpointAreFound() {
    var other = Ed25519Signer.generate(key.name(), new SecureRandom());
    var forged =
        new Checkpoint(PostgresIntegrator.origin("lab", HARBOR), TreeHead.EMPTY).sign(other);
    changed("update remit.checkpoint set note = '" + forged + "' where tenant = 'harbor-dental'");
    assertFound("not ours");
    changed("delete from remit.checkpoint where tenant = 'harbor-dental'");
    assertFound("no checkpoint");
  }

  @Test
  void erasedBodiesAreNoFault() {
    changed("update remit.entry set body = '{}', salt = '' where tenant = 'harbor-dental'");
    assertThat(found(audit(5_000))).isEmpty();
  }

  @Test
  void aLogThatGrowsWhileItIsWalkedIsNoFault() {
    var audit = audit(1);
    for (int runs = 0; runs < 40; runs++) {
      audit.runOnce();
      append(HARBOR, 1);
      drain();
    }
    assertThat(found(audit(5_000))).isEmpty();
  }

  @Test
  void twoBrokenLogsAreToldTogetherAndTheOthersGoOn() {
    changed("delete from remit.leaf where index = 0 and tenant <> '_operator'");
    var broken = catchThrowableOfType(BrokenLogException.class, audit(5_000)::runOnce);
    assertThat(broken.tenant()).isEqualTo(HARBOR);
    assertThat(broken.getSuppressed()).hasSize(1);
    assertThat(((BrokenLogException) broken.getSuppressed()[0]).tenant()).isEqualTo(NORTH);
    assertThat(broken).hasMessageNotContaining("_operator");
  }

  @Test
  void aRunIsBoundedAndTheNextGoesOnFromThere() {
    bulk(2_000);
    changed(
        "update remit.entry set leaf = '\"no\"' where tenant = 'harbor-dental' and id = 'bulk-1990'");
    var audit = audit(600);
    for (int runs = 0; runs < 3; runs++) {
      audit.runOnce();
      assertThat(audit.isAtTheStart()).isFalse();
    }
    assertThat(found(audit)).isPresent();
  }
}
