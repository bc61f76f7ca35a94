package dev.remit.connectors.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KrlTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final long SERIAL = Serials.of("remit_a_b", NOW.plusSeconds(60));

  @TempDir private Path folder;

  @BeforeAll
  static void sshKeygen() {
    SshdHost.require();
  }

  private byte[] key() {
    return HostKeys.wire(
        HostKeys.parsePrivate(SshFixture.read(SshFixture.authority())).getPublic());
  }

  private byte[] fresh() throws IOException {
    var file = folder.resolve("fresh");
    SshdHost.keygen("-k", "-f", file.toString());
    return Files.readAllBytes(file);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    var krl = new Krl(7, Set.of(SERIAL, -1L, 1L), List.of());
    assertThat(Krl.parse(krl.bytes(new byte[] {1}, NOW), new byte[] {1})).isEqualTo(krl);
  }

  @Test
  void opensshReadsTheListAndFindsExactlyTheSerial() throws IOException {
    var authority = SshFixture.authority();
    var key = HostKeys.wire(HostKeys.parsePrivate(SshFixture.read(authority)).getPublic());
    var list = folder.resolve("list");
    Files.write(list, Krl.parse(fresh(), key).with(SERIAL, NOW).bytes(key, NOW));
    assertThat(SshdHost.run("ssh-keygen", "-Q", "-l", "-f", list.toString()))
        .contains("serial: " + SERIAL)
        .contains("version 1")
        .endsWith("0");
    assertThat(query(list, authority, SERIAL)).contains("REVOKED");
    assertThat(query(list, authority, SERIAL + 1)).contains(": ok");
    assertThat(query(list, SshFixture.authority(), SERIAL)).contains(": ok");
  }

  private String query(Path list, Path authority, long serial) {
    var user = folder.resolve("user" + System.nanoTime());
    SshdHost.keygen("-t", "ed25519", "-N", "", "-f", user.toString());
    SshdHost.keygen(
        "-s", authority.toString(), "-I", "x", "-n", "p", "-z", "" + serial, user + ".pub");
    return SshdHost.run("ssh-keygen", "-Q", "-f", list.toString(), user + "-cert.pub");
  }

  @Test
  void othersEntriesAreKept() throws IOException {
    var user = folder.resolve("user");
    SshdHost.keygen("-t", "ed25519", "-N", "", "-f", user.toString());
    var list = folder.resolve("list");
    var authority = SshFixture.authority();
    var spec = Files.writeString(folder.resolve("spec"), "id: somebody\nserial: 5-9\n");
    SshdHost.keygen("-k", "-f", list.toString(), "-s", authority + ".pub", spec.toString());
    SshdHost.keygen("-k", "-u", "-f", list.toString(), user + ".pub");
    var key = HostKeys.wire(HostKeys.parsePrivate(SshFixture.read(authority)).getPublic());
    var next = Krl.parse(Files.readAllBytes(list), key).with(SERIAL, NOW);
    Files.write(list, next.bytes(key, NOW));
    assertThat(SshdHost.run("ssh-keygen", "-Q", "-f", list.toString(), user + ".pub"))
        .contains("REVOKED");
    assertThat(query(list, authority, 7)).contains("REVOKED");
    assertThat(query(list, authority, SERIAL)).contains("REVOKED");
  }

  @Test
  void aSerialIsForgottenAfterItsEndAndNoSooner() {
    var old = Serials.of("old", NOW.minusSeconds(1));
    var krl = new Krl(1, Set.of(old), List.of());
    assertThat(krl.with(SERIAL, NOW.minusSeconds(1)).serials()).containsOnly(old, SERIAL);
    assertThat(krl.with(SERIAL, NOW).serials()).containsOnly(SERIAL);
  }

  @Test
  void aListThatCannotBeUnderstoodIsRefused() throws IOException {
    var key = key();
    var whole = new Krl(1, Set.of(SERIAL), List.of("04000000")).bytes(key, NOW);
    var list = new Krl(1, Set.of(SERIAL), List.of()).bytes(key, NOW);
    assertThatThrownBy(() -> Krl.parse(whole, key)).isInstanceOf(InvalidValueException.class);
    for (int length = 0; length < list.length; length++) {
      var part = Arrays.copyOf(list, length);
      if (length != 49) { // the header alone is an empty list
        assertThatThrownBy(() -> Krl.parse(part, key))
            .as("%s bytes", length)
            .isInstanceOf(InvalidValueException.class);
      }
    }
  }

  @Test
  void damagedListsNeverCrashTheReader() throws IOException {
    var key = key();
    var list = new Krl(1, Set.of(SERIAL, 3L), List.of()).bytes(key, NOW);
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var bad = list.clone();
      for (int j = 0; j <= random.nextInt(3); j++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        Krl.parse(bad, key);
      } catch (InvalidValueException e) {
        assertThat(e.getMessage()).startsWith("the host's revocation list");
      }
    }
  }
}
