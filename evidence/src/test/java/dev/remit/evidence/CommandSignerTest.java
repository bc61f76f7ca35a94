package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.evidence.pkcs11.SoftToken;
import dev.remit.evidence.pkcs11.TokenKey;
import dev.remit.log.Checkpoint;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.TreeHead;
import dev.remit.log.Verified;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSignerTest {

  private static final String INSTALLATION = "0123456789abcdef";
  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir private Path folder = Path.of("unset");

  /** The signer of this module in a process of its own. */
  static final class Signing {
    private Signing() {}

    public static void main(String[] arguments) throws IOException {
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      opened(arguments).serve(in, System.out);
    }

    private static SignerProcess opened(String... arguments) {
      var key = Path.of(arguments[0]);
      return arguments.length == 1
          ? SignerProcess.open(key)
          : SignerProcess.open(
              key,
              new TokenKey(Path.of(arguments[1]), arguments[2], arguments[3]),
              Path.of(arguments[4]),
              DEADLINE);
    }
  }

  /** What starts {@link Signing} in a process of its own. */
  private static List<String> signing(List<String> before, Object... arguments) {
    var command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Signing.class.getName()));
    for (var argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  private CommandSigner signer() {
    var key = folder.resolve("signer.key");
    if (!Files.exists(key)) {
      SignerProcess.create(key, INSTALLATION, RANDOM);
    }
    return CommandSigner.start(signing(List.of(), key), DEADLINE);
  }

  private static CommandSigner shell(String script, Duration deadline) {
    return CommandSigner.start(List.of("/bin/sh", "-c", script), deadline);
  }

  private static TreeHead head(int size, int content) {
    return new TreeHead(size, MerkleTree.hashLeaf(new byte[] {(byte) content}));
  }

  @Test
  void aKeyInAnotherProcessSignsAndNeverGoesBack() throws IOException {
    var data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("installation"), INSTALLATION + "\n");
    try (var signer = signer()) {
      var signing = CheckpointSigning.open(data, RANDOM, signer);
      var note = signing.sign(HARBOR, head(5, 1));
      assertThat(
              Checkpoint.open(
                  note.getBytes(StandardCharsets.UTF_8),
                  new Origin(signing.origin(HARBOR)),
                  signing.trusted()))
          .isInstanceOf(Verified.Proven.class);
      assertThat(signing.sign(HARBOR, head(5, 1))).isEqualTo(note);
      assertRefused(signing, head(4, 1), "larger");
      assertRefused(signing, head(5, 2), "another tree");
      assertThat(signing.sign(HARBOR, head(6, 1))).contains("\n6\n");
      assertThatThrownBy(() -> signer.sign("hello\n".getBytes(StandardCharsets.UTF_8)))
          .hasMessageContaining("no checkpoint");
      var foreign = new Checkpoint(new Origin("remit/fedcba9876543210/x"), head(1, 1)).toText();
      assertThatThrownBy(() -> signer.sign(foreign.getBytes(StandardCharsets.UTF_8)))
          .hasMessageContaining("another installation");
    }
    assertThat(data.resolve("keys")).doesNotExist();
    try (var again = signer()) {
      var signing = CheckpointSigning.open(data, RANDOM, again);
      assertRefused(signing, head(5, 1), "larger");
    }
  }

  private static void assertRefused(CheckpointSigning signing, TreeHead head, String why) {
    assertThatThrownBy(() -> signing.sign(HARBOR, head))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aKeyOnATokenSignsForTheServerAndNeverGoesBack() throws IOException {
    var token = SoftToken.in(folder.resolve("softhsm"));
    token.use();
    var pin = Files.writeString(folder.resolve("pin"), SoftToken.PIN + "\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    var where = token.key("log");
    var key = folder.resolve("token.pub");
    SignerProcess.create(key, INSTALLATION, where, pin);
    assertThat(Files.readString(key)).startsWith("remit/" + INSTALLATION + "+").hasLineCount(1);
    assertThatThrownBy(() -> SignerProcess.create(key, INSTALLATION, where, pin))
        .hasMessageContaining("never written over");

    var data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("installation"), INSTALLATION + "\n");
    var command =
        signing(token.environment(), key, where.module(), where.token(), where.label(), pin);
    try (var signer = CommandSigner.start(command, DEADLINE)) {
      var signing = CheckpointSigning.open(data, RANDOM, signer);
      assertThat(signing.sign(HARBOR, head(5, 1))).contains("\n5\n");
      assertRefused(signing, head(4, 1), "larger");
      Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-r-----"));
      assertThat(signing.sign(HARBOR, head(6, 1))).as("it is logged in").contains("\n6\n");
    }
    try (var signer = CommandSigner.start(command, DEADLINE)) {
      var signing = CheckpointSigning.open(data, RANDOM, signer);
      assertRefused(signing, head(7, 1), "open to others");
    }
  }

  @Test
  void aCommandThatIsNoSignerIsRefused() {
    for (var script : List.of("exit 0", "echo hello", "yes x | tr -d '\\n'")) {
      assertThatThrownBy(() -> shell(script, DEADLINE)).isInstanceOf(InvalidValueException.class);
    }
    assertThatThrownBy(() -> CommandSigner.start(List.of("/nowhere/signer"), DEADLINE))
        .hasMessageContaining("/nowhere/signer");
    assertThatThrownBy(() -> shell("sleep 60", Duration.ofMillis(100)))
        .hasMessageContaining("in time");
  }

  @Test
  void anAnswerThatIsNoSignatureOfTheKeySignsNothing() throws IOException {
    String key;
    try (var signer = signer()) {
      key = signer.verifier().toString();
    }
    byte[] text = "text\n".getBytes(StandardCharsets.UTF_8);
    var wrong = "signature " + java.util.Base64.getEncoder().encodeToString(new byte[64]);
    for (var answer : List.of(wrong, "signature !", "nonsense", "")) {
      try (var signer = shell("echo '" + key + "'; read x; echo '" + answer + "'", DEADLINE)) {
        assertThatThrownBy(() -> signer.sign(text)).isInstanceOf(InvalidValueException.class);
      }
    }
    try (var silent = shell("echo '" + key + "'; sleep 60", Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> silent.sign(text)).hasMessageContaining("in time");
    }
  }

  @Test
  void aKeyThatOthersReadSignsNothing() throws IOException {
    signer().close();
    var key = folder.resolve("signer.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SignerProcess.open(key)).hasMessageContaining("open to others");
    assertThatThrownBy(() -> SignerProcess.create(key, INSTALLATION, RANDOM))
        .hasMessageContaining("never written over");
  }
}
