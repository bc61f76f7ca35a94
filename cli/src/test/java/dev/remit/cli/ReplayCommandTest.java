package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.Replay;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.json.Json;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Frontier;
import dev.remit.log.KeyName;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.policy.CedarDecisionPoint;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded decisions under the example's real policy. */
class ReplayCommandTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final String INSTALLATION = "00112233445566ff";
  private static final Path EXAMPLE =
      Path.of(System.getProperty("remit.root", ".."), "examples/msp");

  @TempDir private Path folder;

  private static LoadedWorkspace workspace() {
    return switch (new Workspaces().read(EXAMPLE)) {
      case WorkspaceResult.Loaded(LoadedWorkspace loaded) -> loaded;
      case WorkspaceResult.Refused refused -> throw new IllegalStateException(refused.text());
    };
  }

  private static Value.Obj body(String role) {
    var record =
        Value.object(
            "target",
            "rmm/device/1001",
            "tenant",
            HARBOR.value(),
            "attributes",
            Value.object("role", role, "name", "WS-1"),
            "binding",
            List.of("role"),
            "version",
            "1",
            "seenAt",
            "2026-03-03T09:59:00Z");
    var task =
        Value.object(
            "class", "restart-service",
            "environment", "production",
            "agent", "service-desk/harbor-dental/production/change",
            "openedAt", "2026-03-03T09:58:00Z",
            "targets", List.of("rmm/device/1001"),
            "tools", List.of("rmm_restart_service"),
            "readUntrusted", false);
    return Value.object(
        "arguments", Value.object("device", 1001, "service", "Spooler"),
        "records", List.of(record),
        "taskClass", "restart-service",
        "asked",
            Value.object(
                "caller", "service-desk/harbor-dental/production/change",
                "instance", "key-1",
                "bound", true,
                "tool", "rmm_restart_service",
                "pin", "sha256:aa",
                "autonomy", "supervised",
                "scopeTruth", "broker-enforced",
                "approvals", List.of(),
                "task", task),
        "decided", Value.object("decision", "none"),
        "at", "2026-03-03T10:00:00Z");
  }

  /** The body with what the example's policy says of it. */
  private static Value.Obj decided(Value.Obj body) {
    var loaded = workspace();
    var version =
        new Releases.Active(
            loaded.release(), new CedarDecisionPoint(loaded.release(), loaded.policies()));
    return switch (new Replay(version).again(HARBOR, "task-1", body)) {
      case Replay.Other(var _, Value.Obj now) -> body.with("decided", now);
      case Replay.Same same -> throw new IllegalStateException("nothing is decided as " + same);
      case Replay.Unasked(String why) -> throw new IllegalStateException(why);
    };
  }

  private Path pack(Value.Obj... bodies) {
    var signer = Ed25519Signer.generate(new KeyName("remit/" + INSTALLATION), new SecureRandom());
    var frontier = new Frontier();
    var items = new java.util.ArrayList<Value>();
    for (Value.Obj body : bodies) {
      var entry =
          new Entry(
              "entry-" + items.size(),
              HARBOR,
              Entry.Kind.DECISION,
              Optional.of("call-" + items.size()),
              Optional.of("task-1"),
              Instant.parse("2026-03-03T10:00:00Z"),
              Value.object("version", workspace().version().value()),
              body,
              "0".repeat(32));
      frontier.append(MerkleTree.hashLeaf(entry.leaf().getBytes(StandardCharsets.UTF_8)));
      items.add(
          Value.object(
              "index", items.size(),
              "leaf", entry.leaf(),
              "salt", entry.salt(),
              "body", entry.body()));
    }
    var origin = new Origin("remit/" + INSTALLATION + "/" + HARBOR);
    Path file = folder.resolve("pack-" + items.hashCode());
    EvidencePack.write(
        Value.object(
            "header",
                Value.object(
                    "format",
                    "remit-evidence-pack",
                    "version",
                    2,
                    "tenant",
                    HARBOR.value(),
                    "exportedAt",
                    "2026-03-03T11:00:00Z"),
            "checkpoint", new Checkpoint(origin, frontier.head()).sign(signer).toString(),
            "entries", new Value.Array(items)),
        file);
    return file;
  }

  private static int replay(StringWriter out, Path pack) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .execute(
            "evidence", "replay", pack.toString(), "--workspace", EXAMPLE.toString(), "--json");
  }

  @Test
  void theRecordedVersionDecidesTheSameAgain() {
    var out = new StringWriter();
    var workstation = decided(body("workstation"));
    var controller = decided(body("domain-controller"));

    int exit = replay(out, pack(workstation, controller));

    var told = Json.parseObject(out.toString());
    assertThat(workstation.get("decided")).isNotEqualTo(controller.get("decided"));
    assertThat(told.integer("decisions")).contains(2L);
    assertThat(told.integer("same")).contains(2L);
    assertThat(told.integer("ofOtherVersions")).contains(0L);
    assertThat(exit).isZero();
  }

  @Test
  void aDecisionThatThePolicyDoesNotMakeIsNamed() {
    var out = new StringWriter();
    var workstation = decided(body("workstation"));
    var wrong = body("domain-controller").with("decided", workstation.get("decided").orElseThrow());

    int exit = replay(out, pack(workstation, wrong));

    var told = Json.parseObject(out.toString());
    assertThat(told.integer("otherwise")).contains(1L);
    assertThat(((Value.Obj) told.items("differences").getFirst()).text("call")).contains("call-1");
    assertThat(exit).isEqualTo(CommandException.REFUSED);
  }
}
