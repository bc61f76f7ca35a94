package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.CosignatureVerifier;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Frontier;
import dev.remit.log.KeyName;
import dev.remit.log.MemoryHashes;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.witness.WitnessClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a process of its own, killed and started again. */
class WitnessCommandTest {

  private static final String INSTALLATION = "remit/00112233445566ff";

  @TempDir private Path folder;
  private final Ed25519Signer signer =
      Ed25519Signer.generate(new KeyName(INSTALLATION), new SecureRandom());
  private final List<Process> started = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    http.close();
  }

  /** A witness that runs: its key and where it listens. */
  private record Running(Process process, CosignatureVerifier key, URI prefix) {}

  private Running start() throws IOException {
    Files.writeString(folder.resolve("log.pub"), signer.verifier() + "\n");
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                folder.resolve("witness").toString(),
                "--name=harbor-dental.example/witness",
                "--trust=" + folder.resolve("log.pub"),
                "--tenant=harbor-dental",
                "--listen=127.0.0.1:0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String key = line(out, "witness key: ");
    String prefix = line(out, "listening on ");
    return new Running(process, CosignatureVerifier.parse(key), URI.create(prefix));
  }

  private static String line(BufferedReader out, String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
    throw new AssertionError("the witness ended before it said `" + start + "`");
  }

  private WitnessClient client(Running witness) {
    return new WitnessClient(http, witness.prefix, witness.key, Duration.ofSeconds(10));
  }

  private static MemoryHashes log(int size, int forkedAt) {
    var hashes = new MemoryHashes();
    var frontier = new Frontier();
    for (int i = 0; i < size; i++) {
      byte[] entry = {(byte) i, (byte) (i >= forkedAt ? 1 : 0)};
      frontier.append(MerkleTree.hashLeaf(entry), hashes);
    }
    return hashes;
  }

  private SignedNote note(int size, MemoryHashes hashes) {
    var origin = new Origin(INSTALLATION + "/harbor-dental");
    return new Checkpoint(origin, MerkleTree.head(size, hashes)).sign(signer);
  }

  @Test
  void aForkedHeadIsRefusedBeforeAndAfterTheWitnessWasKilled() throws Exception {
    var honest = log(60, 99);
    var forked = log(60, 30);
    Running first = start();

    assertThat(client(first).cosign(note(40, honest), honest))
        .isInstanceOf(WitnessClient.Result.Cosigned.class);
    assertThat(client(first).cosign(note(50, forked), forked))
        .isInstanceOf(WitnessClient.Result.Forked.class);
    first.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

    Running second = start();
    assertThat(second.key).isEqualTo(first.key);
    assertThat(client(second).cosign(note(40, forked), forked))
        .isInstanceOf(WitnessClient.Result.Forked.class);
    assertThat(client(second).cosign(note(50, forked), forked))
        .isInstanceOf(WitnessClient.Result.Forked.class);
    assertThat(client(second).cosign(note(20, honest), honest))
        .isEqualTo(new WitnessClient.Result.Ahead(40));
    assertThat(client(second).cosign(note(60, honest), honest))
        .isInstanceOf(WitnessClient.Result.Cosigned.class);
  }

  @Test
  void whatIsMissingIsSaidInOneLine() {
    assertThat(run("dir", "--name=n", "--trust=nowhere", "--tenant=harbor-dental"))
        .startsWith("remit: cannot read the key file");
    assertThat(run("dir", "--name=n", "--trust=nowhere")).contains("--tenant or --origin");
  }

  private static String run(String... args) {
    var err = new StringWriter();
    int exit = commandLine().setErr(new PrintWriter(err, true)).execute(args);
    assertThat(exit).isEqualTo(CommandException.USAGE);
    return err.toString();
  }

  /** The command alone. */
  private static CommandLine commandLine() {
    return new CommandLine(new WitnessCommand())
        .setExecutionExceptionHandler((e, command, parsed) -> {
          if (e instanceof CommandException || e instanceof InvalidValueException) {
            command.getErr().println("remit: " + e.getMessage());
            return CommandException.USAGE;
          }
          throw e;
        });
  }

  /** The process that the test starts. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      System.exit(commandLine().execute(args));
    }
  }
}
