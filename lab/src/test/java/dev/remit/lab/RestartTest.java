package dev.remit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.lab.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir private Path data;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
      process.waitFor(60, TimeUnit.SECONDS);
    }
  }

  private Process spawn(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.remit.lab.LabMain",
                "--data",
                data.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    started.add(process);
    return process;
  }

  private Map<String, Object> ready(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertThat(out.readLine()).isEqualTo("lab ready " + data.resolve("lab.json"));
    return Json.parseObject(Files.readAllBytes(data.resolve("lab.json")));
  }

  private long postmaster() throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("pg/postmaster.pid")).getFirst().strip());
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void aKilledLabStartsAgainOnTheSameFolderWithTheSameSecretsAndPorts() throws Exception {
    Process first = spawn("--seed", "5");
    Map<String, Object> before = ready(first);
    long orphan = postmaster();
    first.destroyForcibly().waitFor();
    assertThat(lives(orphan)).isTrue();

    Process second = spawn("--seed", "5");
    Map<String, Object> after = ready(second);
    assertThat(after).isEqualTo(before);
    assertThat(postmaster()).isNotEqualTo(orphan);
    TestLab.until(() -> !lives(orphan));

    long database = postmaster();
    second.destroy();
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    TestLab.until(() -> !lives(database));
    assertThat(data.resolve("lab.json")).doesNotExist();
  }

  @Test
  void aRegisteredRedirectUriAndThePeoplesKeysOutliveTheLab() throws Exception {
    Process first = spawn("--seed", "5");
    ready(first);
    TestLab lab = new TestLab(data.resolve("lab.json"));
    String uri = "http://localhost:4711/signin/callback/staff";
    lab.control("POST", "/v1/people/redirects", "{\"redirectUri\":\"" + uri + "\"}");
    Browser msp = new Browser(lab, "msp");
    String token = msp.idToken(msp.member("senior-technicians"));
    first.destroy();
    assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();

    ready(spawn("--seed", "5"));
    Browser again = new Browser(new TestLab(data.resolve("lab.json")), "msp");
    assertThat(again.authorize(again.parameters("redirect_uri", uri)).statusCode()).isEqualTo(200);
    assertThat(again.verify(token).getSubject()).isEqualTo(again.member("senior-technicians"));
  }

  @Test
  void theLabEndsWithItsParent() throws Exception {
    Process parent = new ProcessBuilder("sleep", "600").start();
    started.add(parent);
    Process child = spawn("--parent-pid", Long.toString(parent.pid()));
    ready(child);
    long database = postmaster();
    parent.destroyForcibly().waitFor();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    TestLab.until(() -> !lives(database));
  }

  @Test
  void secretsAreForTheOwnerOnlyAndDifferFromFolderToFolder() throws Exception {
    Map<String, Object> lab = ready(spawn());
    for (String name :
        List.of("lab.json", "secrets.json", "issuer-keys.json", "people-keys-msp.json")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    TestLab shared = TestLab.shared();
    assertThat(Json.member(lab, "rmm").get("clientSecret"))
        .isNotEqualTo(shared.text("rmm", "clientSecret"));
    assertThat(Json.member(lab, "control").get("key")).isNotEqualTo(shared.text("control", "key"));
  }

  @Test
  void aSecondLabOnTheSameFolderIsRefused() throws Exception {
    ready(spawn());
    Process second = spawn();
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(3);
    assertThat(data.resolve("lab.json")).exists();
  }

  @Test
  void wrongUsageIsRefused() {
    for (List<String> args :
        List.of(
            List.<String>of(),
            List.of("--data"),
            List.of("--data", ""),
            List.of("--data", "x", "--port", "70000"),
            List.of("--data", "x", "--seed", "one"),
            List.of("--data", "x", "--token-seconds", "0"),
            List.of("--data", "x", "--data", "y"),
            List.of("--data", "x", "--verbose", "1"))) {
      assertThatThrownBy(() -> LabOptions.parse(args.toArray(String[]::new)))
          .as("%s", args)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("usage: lab");
    }
  }
}
