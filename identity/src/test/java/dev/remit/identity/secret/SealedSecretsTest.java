package dev.remit.identity.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedSecretsTest {

  @TempDir Path data;

  @Test
  void aSecretComesBackAlsoAfterARestart() {
    SealedSecrets.open(data).put("rmm-client", "päss".toCharArray());
    assertThat(SealedSecrets.open(data).get("rmm-client")).hasValue("päss".getBytes(UTF_8));
    assertThat(SealedSecrets.open(data).names()).containsExactly("rmm-client");
  }

  @Test
  void aSecretIsReplacedAndRemoved() {
    var secrets = SealedSecrets.open(data);
    secrets.put("a", new byte[] {1});
    secrets.put("a", new byte[] {2, 0, -1});
    assertThat(secrets.get("a")).hasValue(new byte[] {2, 0, -1});
    secrets.remove("a");
    secrets.remove("a");
    assertThat(secrets.get("a")).isEmpty();
    assertThat(secrets.names()).isEmpty();
  }

  @Test
  void nothingOnDiskHoldsTheSecretOrIsReadableByOthers() throws IOException {
    SealedSecrets.open(data).put("rmm", "correct horse battery".toCharArray());
    try (var files = Files.walk(data)) {
      for (var file : files.filter(path -> !path.equals(data)).toList()) {
        boolean isFolder = Files.isDirectory(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo(isFolder ? "rwx------" : "rw-------");
        if (!isFolder) {
          assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("horse");
          assertThat(file.getFileName().toString()).doesNotStartWith(".new-");
        }
      }
    }
  }

  @Test
  void anyFlippedByteIsFound() throws IOException {
    var secrets = SealedSecrets.open(data);
    secrets.put("a", new byte[] {1, 2, 3});
    var file = data.resolve("secrets/a");
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(() -> secrets.get("a")).isInstanceOf(SecretUnreadableException.class);
    }
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> secrets.get("a")).isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void aSecretUnderAnotherNameIsRefused() throws IOException {
    var secrets = SealedSecrets.open(data);
    secrets.put("a", new byte[] {1});
    Files.copy(data.resolve("secrets/a"), data.resolve("secrets/b"));
    assertThatThrownBy(() -> secrets.get("b"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("`b`");
  }

  @Test
  void aSecretUnderAnotherKeysetIsRefused() throws IOException {
    SealedSecrets.open(data).put("a", new byte[] {1});
    Files.delete(data.resolve("keys/secrets.keyset"));
    var other = SealedSecrets.open(data);
    assertThatThrownBy(() -> other.get("a")).isInstanceOf(SecretUnreadableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "not json", "{\"primaryKeyId\":1,\"key\":[]}"})
  void aBrokenKeysetIsRefusedAndNotReplaced(String broken) throws IOException {
    SealedSecrets.open(data);
    var keyset = data.resolve("keys/secrets.keyset");
    Files.writeString(keyset, broken);
    assertThatThrownBy(() -> SealedSecrets.open(data))
        .isInstanceOf(SecretUnreadableException.class);
    assertThat(keyset).hasContent(broken);
  }

  @Test
  void aKeysetThatOthersCanReadIsRefused() throws IOException {
    SealedSecrets.open(data);
    Files.setPosixFilePermissions(
        data.resolve("keys/secrets.keyset"), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SealedSecrets.open(data))
        .isInstanceOf(UncheckedIOException.class)
        .rootCause()
        .hasMessageContaining("set its mode to 600");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", "a_b", "../a", "a/b", "a.b", ".", "a\n", "a\u0000", "ä", "/etc/passwd"})
  void aNameThatCouldLeaveTheFolderIsRefused(String name) {
    var secrets = SealedSecrets.open(data);
    assertThatThrownBy(() -> secrets.put(name, new byte[] {1}))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> secrets.get(name)).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> secrets.remove(name)).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> secrets.get("a".repeat(64))).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void emptyHugeAndBrokenSecretsAreRefused() {
    var secrets = SealedSecrets.open(data);
    assertThatThrownBy(() -> secrets.put("a", new byte[0]))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> secrets.put("a", new byte[65 * 1024]))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> secrets.put("a", new char[] {'\ud800'}))
        .isInstanceOf(InvalidValueException.class);
    assertThat(secrets.names()).isEmpty();
  }

  @Test
  void twoThatOpenANewFolderAtOnceShareOneKeyset() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<SealedSecrets>> opening =
          IntStream.range(0, 8)
              .<Callable<SealedSecrets>>mapToObj(_ -> () -> SealedSecrets.open(data))
              .toList();
      var opened = threads.invokeAll(opening).stream().map(SealedSecretsTest::get).toList();
      opened.getFirst().put("a", new byte[] {7});
      for (var secrets : opened) {
        assertThat(secrets.get("a")).hasValue(new byte[] {7});
      }
    }
  }

  private static SealedSecrets get(java.util.concurrent.Future<SealedSecrets> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
