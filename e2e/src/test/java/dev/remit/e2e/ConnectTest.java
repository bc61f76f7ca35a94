package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code remit connect} as clients start it, towards a running server and a real issuer. */
class ConnectTest {

  private static final Estate ESTATE = Estate.shared();
  private static final String SUBJECT = "service-desk.harbor-dental.production.observe";

  private static List<String> command() {
    return Bridge.command(ESTATE, SUBJECT, "connect");
  }

  @Test
  void aClientOnStandardInputListsAndCallsTools() throws Exception {
    var process =
        new ProcessBuilder(command())
            .redirectError(Home.TARGET.resolve("estates/connect.log").toFile())
            .start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8);
        var out = process.inputReader(StandardCharsets.UTF_8)) {
      in.write(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n");
      in.flush();
      assertThat(read(out).object("result").flatMap(r -> r.text("protocolVersion")))
          .contains("2025-11-25");
      in.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
      in.write("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}\n");
      in.flush();
      assertThat(Json.text(read(out))).contains("rmm_get_device", "remit_open_task");
      var ticket = ESTATE.lab().ticket(1, 1001);
      in.write(
          Json.text(
                  Value.object(
                      "jsonrpc",
                      "2.0",
                      "id",
                      3,
                      "method",
                      "tools/call",
                      "params",
                      Value.object(
                          "name",
                          "remit_open_task",
                          "arguments",
                          Value.object(
                              "taskClass",
                              "read-device-health",
                              "ticket",
                              ticket,
                              "targets",
                              List.of("rmm/device/1001")))))
              + "\n");
      in.flush();
      var opened = read(out).object("result").flatMap(r -> r.object("structuredContent"));
      assertThat(opened.flatMap(task -> task.text("task"))).isPresent();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static Value.Obj read(BufferedReader out) throws IOException {
    return Json.parseObject(Optional.ofNullable(out.readLine()).orElse("{\"ended\":true}"));
  }

  @Test
  void theOfficialInspectorListsToolsThroughIt() throws IOException {
    Node.install();
    var script = Home.fresh("inspector").resolve("bridge");
    var words = new ArrayList<String>();
    command().forEach(word -> words.add("'" + word + "'"));
    Files.writeString(script, "#!/bin/sh\nexec " + String.join(" ", words) + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    var done =
        Node.script(
            60,
            List.of(
                "node_modules/@modelcontextprotocol/inspector-cli/build/index.js",
                script.toString(),
                "--method",
                "tools/list"));
    assertThat(done.code()).as(done.output()).isZero();
    assertThat(done.output()).contains("\"rmm_get_device\"", "\"remit_open_task\"");
  }
}
