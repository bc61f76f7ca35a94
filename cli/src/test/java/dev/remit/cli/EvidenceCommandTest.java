package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Frontier;
import dev.remit.log.KeyName;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that a client runs on files alone. */
class EvidenceCommandTest {

  private static final String INSTALLATION = "00112233445566ff";

  @TempDir private Path folder;
  private final Ed25519Signer signer =
      Ed25519Signer.generate(new KeyName("remit/" + INSTALLATION), new SecureRandom());
  private Path pack = Path.of("pack");
  private Path trust = Path.of("trust");

  @BeforeEach
  void export() throws IOException {
    pack = folder.resolve("pack.jsonl");
    trust = Files.writeString(folder.resolve("trust.txt"), signer.verifier() + "\n");
    var target = Value.object("ref", "rmm/device/42", "tenant", "harbor-dental", "version", "1");
    var intent =
        Value.object(
            "agent", "agent-1",
            "tool", "rmm_restart_service",
            "connector", "rmm",
            "effect", "low",
            "targets", List.of(target));
    write(
        List.of(
            entry(0, Entry.Kind.INTENT, intent),
            entry(1, Entry.Kind.OUTCOME, Value.object("outcome", "succeeded"))));
  }

  private static Entry entry(int number, Entry.Kind kind, Value.Obj fields) {
    return new Entry(
        "entry-" + number,
        new TenantId("harbor-dental"),
        kind,
        Optional.of("call-1"),
        Optional.of("task-1"),
        Instant.parse("2026-03-01T10:00:00Z").plusSeconds(number),
        fields,
        Value.Obj.EMPTY,
        "0".repeat(32));
  }

  private void write(List<Entry> entries) {
    var frontier = new Frontier();
    List<Value> items = new ArrayList<>();
    for (Entry entry : entries) {
      frontier.append(MerkleTree.hashLeaf(entry.leaf().getBytes(StandardCharsets.UTF_8)));
      items.add(
          Value.object(
              "index", items.size(),
              "leaf", entry.leaf(),
              "salt", entry.salt(),
              "body", entry.body()));
    }
    var origin = new Origin("remit/" + INSTALLATION + "/harbor-dental");
    var header =
        Value.object(
            "format", "remit-evidence-pack",
            "version", 1,
            "tenant", "harbor-dental",
            "exportedAt", "2026-03-01T11:00:00Z");
    EvidencePack.write(
        Value.object(
            "header", header,
            "entries", items,
            "checkpoint", new Checkpoint(origin, frontier.head()).sign(signer).toString()),
        pack);
  }

  /** What a command answered. */
  private record Answer(int exit, String out, String err) {}

  private static Answer run(Object... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] words = new String[args.length + 1];
    words[0] = "evidence";
    for (int i = 0; i < args.length; i++) {
      words[i + 1] = args[i].toString();
    }
    return new Answer(command.execute(words), out.toString(), err.toString());
  }

  @Test
  void aReceiptOutOfAPackVerifiesAndIsNotOverwritten() {
    Path receipt = folder.resolve("call-1.tlog-proof");

    assertThat(run("receipt", "call-1", "--pack", pack, "--out", receipt).exit()).isZero();

    var verified = run("verify", receipt, "--trust", trust);
    assertThat(verified.exit()).isZero();
    assertThat(verified.out()).startsWith("verified: evidence of harbor-dental");
    assertThat(run("receipt", "call-1", "--pack", pack, "--out", receipt).err())
        .contains("is there already");
    assertThat(run("receipt", "call-2", "--pack", pack, "--out", folder.resolve("x")).err())
        .contains("no entry of call `call-2`");
  }

  @Test
  void aPageAndEventsAreWrittenOfWhatIsNotRefutedOnly() throws IOException {
    Path page = folder.resolve("page.html");
    Path events = folder.resolve("events.jsonl");

    assertThat(run("report", pack, "--out", page, "--trust", trust).out())
        .contains("the export is verified");
    assertThat(run("ocsf", pack, "--out", events).out()).contains("the export is not anchored");
    assertThat(Files.readString(page)).startsWith("<!doctype html>");
    assertThat(Files.readAllLines(events)).hasSize(2);
    assertThat(run("report", pack, "--out", page).err()).contains("is there already");

    Files.writeString(pack, Files.readString(pack).replace("restart", "resturt"));
    var refused = run("report", pack, "--out", folder.resolve("other.html"), "--trust", trust);
    assertThat(refused.exit()).isEqualTo(CommandException.REFUSED);
    assertThat(folder.resolve("other.html")).doesNotExist();
  }

  private Answer reconcile(String activities, Object... more) throws IOException {
    Path log = Files.writeString(folder.resolve("activities.json"), activities);
    Path rules =
        Files.writeString(
            folder.resolve("rules.json"),
            """
            {"principals": ["17"], "from": "2026-03-01T09:00:00Z",
             "until": "2026-03-01T11:00:00Z"}\
            """);
    var args = new ArrayList<Object>(List.of("reconcile", pack, log, "--rules", rules));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  private static final String RECEIPTED =
      "{\"id\":1,\"activityTime\":1772359201,\"deviceId\":42,\"userId\":17}";
  private static final String AROUND =
      "{\"id\":2,\"activityTime\":1772359202,\"deviceId\":43,\"userId\":17,\"message\":\"\\u001b[2J\"}";

  @Test
  void anActAroundRemitEndsWithOneAndAnHonestLogWithZero() throws IOException {
    var honest = reconcile("[" + RECEIPTED + "]", "--format=ninjaone", "--trust", trust);
    assertThat(honest.exit()).isZero();
    assertThat(honest.out()).contains("nothing went around Remit in what was judged");

    var around =
        reconcile("[" + RECEIPTED + "," + AROUND + "]", "--format=ninjaone", "--trust", trust);
    assertThat(around.exit()).isEqualTo(CommandException.REFUSED);
    assertThat(around.out())
        .contains("without a receipt: 2026-03-01T10:00:02Z 17")
        .doesNotContain("\u001b");
  }

  @Test
  void anExportThatNobodyVouchesForIsNeverAClean() throws IOException {
    assertThat(reconcile("[" + RECEIPTED + "]", "--format=ninjaone").exit())
        .isEqualTo(CommandException.REFUSED);
    Files.writeString(pack, Files.readString(pack).replace("restart", "resturt"));
    var damaged = reconcile("[" + RECEIPTED + "]", "--format=ninjaone", "--trust", trust);
    assertThat(damaged.exit()).isEqualTo(CommandException.REFUSED);
    assertThat(damaged.err()).contains("nothing was reconciled");
  }

  @Test
  void aFormatThatIsNotKnownIsWrongUsage() throws IOException {
    assertThat(reconcile("[]", "--format=other").exit()).isEqualTo(CommandException.USAGE);
  }
}
