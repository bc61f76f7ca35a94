package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.value.Value;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the entries is full: a small file system of their own, which only root can mount. */
class FullDiskTest {

  @TempDir private Path disk;
  private final World world = new World();
  private final Random random = new Random(7);
  private final List<String> acknowledged = new ArrayList<>();
  private boolean isMounted;

  @BeforeEach
  void mount() throws Exception {
    isMounted = run("mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", disk.toString());
    assumeThat(isMounted).as("nobody but root can mount a small disk").isTrue();
    TestDatabase.run(
        world.at.admin(),
        "create tablespace small location '" + disk + "'",
        "alter table remit.entry set tablespace small");
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      TestDatabase.run(
          world.at.admin(),
          "alter table remit.entry set tablespace pg_default",
          "drop tablespace small");
      assertThat(run("umount", disk.toString())).isTrue();
    }
    world.close();
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether an entry of 32 KiB was acknowledged. */
  private boolean append() {
    byte[] noise = new byte[16 << 10];
    random.nextBytes(noise);
    var entry =
        new Entry(
            world.id(),
            HARBOR,
            Entry.Kind.REFUSAL,
            Optional.empty(),
            Optional.empty(),
            NOW,
            Value.object("why", HexFormat.of().formatHex(noise)),
            Value.Obj.EMPTY,
            "00112233445566778899aabbccddeeff");
    try {
      world.journal.append(entry);
    } catch (DatabaseUnavailableException e) {
      return false;
    }
    acknowledged.add(entry.leaf());
    return true;
  }

  private List<String> leaves() {
    return world
        .journal
        .read(
            new Journal.Query(
                HARBOR, 0, 100_000, Optional.empty(), Optional.empty(), Optional.empty()))
        .stream()
        .map(Journal.Stored::leaf)
        .toList();
  }

  @Test
  void aFullDiskIsAwayForWritersAloneAndGoesOnOnceThereIsSpace() throws Exception {
    int tries = 0;
    while (append()) {
      assertThat(++tries).as("2 MiB are full").isLessThan(500);
    }
    assertThat(acknowledged).isNotEmpty();
    assertThat(append()).as("it stays so").isFalse();
    assertThat(world.database.isReachable()).isTrue();
    assertThat(leaves()).as("reading goes on").isEqualTo(acknowledged);

    assertThat(run("mount", "-o", "remount,size=32m", disk.toString())).isTrue();
    assertThat(append()).isTrue();
    assertThat(leaves()).isEqualTo(acknowledged);
    var key = Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
    var trusted = TrustedKeys.of(key.verifier());
    try (var integrator =
        new PostgresIntegrator(
            world.database,
            "lab",
            new LogSigning((tenant, checkpoint) -> checkpoint.sign(key), trusted),
            InstantSource.fixed(NOW))) {
      while (integrator.runOnce() > 0) {
        Thread.onSpinWait();
      }
    }
    var audit = new PostgresLogAudit(world.database, "lab", trusted, 10_000);
    audit.runOnce();
    assertThat(audit.isAtTheStart()).as("all logs are what was signed").isTrue();
  }
}
