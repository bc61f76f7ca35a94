package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pack as events for machines and as a page for people. */
class ReportsTest {

  private static final String HOSTILE = "<script>alert(1)</script>\u202e\"'&";

  @TempDir private Path folder;

  private SampleLog log() {
    var log = new SampleLog(SampleLog.TENANT);
    log.add(Entry.Kind.TASK_OPENED, "", Value.object("by", "agent-1", "taskClass", "restart"));
    log.add(
        Entry.Kind.INTENT,
        "call-1",
        Value.object(
            "agent", "agent-1",
            "instance", "instance-7",
            "taskClass", "restart",
            "tool", "rmm_restart_service",
            "connector", "rmm",
            "effect", "low",
            "targets", List.of(Value.object("ref", "rmm/device/42"))));
    log.add(
        Entry.Kind.OUTCOME,
        "call-1",
        Value.object("outcome", "succeeded", "lease", Value.object("id", "l", "gone", false)));
    log.add(
        Entry.Kind.REFUSAL,
        "call-2",
        Value.object("agent", HOSTILE, "taskClass", HOSTILE, "reason", "tenant-mismatch"));
    log.add(Entry.Kind.PROPOSED, "call-3", Value.object("taskClass", "restart", "proposal", "p"));
    log.add(Entry.Kind.LEASE_ENDED, "", Value.object("principal", "remit_a", "connector", "rmm"));
    log.add(Entry.Kind.KILL, "", Value.object("scope", "tenant:harbor-dental"));
    log.pending.add(log.entry(7, Entry.Kind.TASK_CLOSED, "", Value.object("state", "done")));
    return log;
  }

  private Path pack() {
    Path file = folder.resolve("pack.jsonl");
    EvidencePack.write(log().export(), file);
    return file;
  }

  private List<Value.Obj> events() throws IOException {
    var out = new ByteArrayOutputStream();
    Ocsf.write(pack(), out);
    return out.toString(StandardCharsets.UTF_8).lines().map(Json::parseObject).toList();
  }

  @Test
  void everyEntryIsOneEventWithWhatEveryEventMustHave() throws IOException {
    List<Value.Obj> events = events();

    assertThat(events).hasSize(8);
    for (Value.Obj event : events) {
      long type =
          event.integer("class_uid").orElseThrow() * 100
              + event.integer("activity_id").orElseThrow();
      assertThat(event.integer("type_uid")).contains(type);
      assertThat(event.integer("category_uid").orElseThrow())
          .isEqualTo(event.integer("class_uid").orElseThrow() / 1000);
      assertThat(event.integer("time").orElseThrow()).isGreaterThan(1_700_000_000_000L);
      assertThat(event.integer("severity_id")).isPresent();
      var metadata = event.object("metadata").orElseThrow();
      assertThat(metadata.text("version")).contains("1.8.0");
      assertThat(metadata.object("product").orElseThrow().text("vendor_name")).contains("Remit");
      assertThat(metadata.text("tenant_uid")).contains("harbor-dental");
    }
  }

  @Test
  void callsAreApiActivityWithWhatThatClassMustHave() throws IOException {
    List<Value.Obj> events = events();

    for (int i : new int[] {1, 2, 3}) {
      var event = events.get(i);
      assertThat(event.integer("class_uid")).contains(6003L);
      assertThat(event.object("actor")).isPresent();
      assertThat(event.object("src_endpoint")).isPresent();
      assertThat(event.object("api").orElseThrow().text("operation")).isPresent();
    }
    var outcome = events.get(2);
    assertThat(outcome.integer("activity_id")).contains(3L);
    assertThat(outcome.integer("status_id")).contains(1L);
    assertThat(outcome.integer("severity_id")).as("a credential not proven gone").contains(4L);
    assertThat(outcome.object("api").orElseThrow().text("operation"))
        .contains("rmm_restart_service");
    assertThat(events.get(3).integer("status_id")).contains(2L);
    assertThat(events.get(3).text("status_code")).contains("tenant-mismatch");
  }

  @Test
  void otherEntriesAreChangesOfEntitiesAndOfAccess() throws IOException {
    List<Value.Obj> events = events();

    assertThat(events.getFirst().integer("type_uid")).contains(300_401L);
    assertThat(events.get(5).integer("type_uid")).contains(300_502L);
    assertThat(events.get(5).object("user").orElseThrow().text("name")).contains("remit_a");
    assertThat(events.get(6).object("entity").orElseThrow().text("type")).contains("kill switch");
    assertThat(events.get(6).integer("severity_id")).contains(4L);
    assertThat(events.get(7).integer("type_uid")).contains(300_404L);
    assertThat(events.get(7).object("metadata").orElseThrow().get("sequence")).isEmpty();
  }

  private String page(String trust) throws IOException {
    Path pack = pack();
    var report = EvidencePack.verify(pack, Optional.of(TrustFile.parse(trust)), Optional.empty());
    var out = new ByteArrayOutputStream();
    HtmlReport.write(pack, report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theFirstPageSaysWhatIsUnwitnessedBeforeAnythingIsCounted() throws IOException {
    String page = page(Witnesses.anyOfTwo());

    assertThat(page).contains("Unwitnessed: signed by the log's key".replace("'", "&#39;"));
    assertThat(page.indexOf("entries 0 to 6: unwitnessed"))
        .isPositive()
        .isLessThan(page.indexOf("By task class"))
        .isLessThan(page.indexOf("class=\"later\""));
  }

  @Test
  void countsApprovalsRefusalsAndExposuresStandInIt() throws IOException {
    String page = page(SampleLog.SIGNER.verifier().toString());

    assertThat(page).contains("class=\"status verified\"");
    String restart = page.substring(page.indexOf("<td>restart</td>"));
    assertThat(restart.substring(0, restart.indexOf("</tr>")).replaceAll("<[^>]*>", " ").strip())
        .isEqualTo("restart  1  1  1  0  0  0  0  1  0  1");
    assertThat(page).contains("Refusals").contains("tenant-mismatch").contains("NOT proven gone");
    assertThat(page).contains("No answers of people.");
    assertThat(page.split("<tr>", -1).length).isGreaterThan(8);
  }

  @Test
  void policiesInForceStandInItAsText() throws IOException {
    var log = new SampleLog(SampleLog.TENANT);
    log.entries.add(
        new Entry(
            "e-0",
            SampleLog.TENANT,
            Entry.Kind.POLICY_IN_FORCE,
            Optional.empty(),
            Optional.empty(),
            java.time.Instant.parse("2026-03-02T10:00:00Z"),
            Value.object("version", "sha256:aa", "policies", 1),
            Value.object(
                "texts", List.of(Value.object("id", "msp.services", "words", "refuses " + HOSTILE)),
                "beside", List.of(Value.object("kind", "limits", "words", "at most 5 calls"))),
            "00".repeat(16)));
    Path file = folder.resolve("policies.jsonl");
    EvidencePack.write(log.export(), file);
    var out = new ByteArrayOutputStream();
    HtmlReport.write(file, EvidencePack.verify(file, Optional.empty(), Optional.empty()), out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("version sha256:aa; 1 policies")
        .contains("<li>msp.services: refuses &lt;script&gt;")
        .contains("<li>limits: at most 5 calls</li>")
        .doesNotContain("<script");
  }

  @Test
  void wordsOfOutsidersAreTextAndNothingComesFromElsewhere() throws IOException {
    String page = page(SampleLog.SIGNER.verifier().toString());

    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("\u202e")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u{202e}&quot;&#39;&amp;")
        .contains("default-src 'none'; style-src 'sha256-")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain(" src=")
        .doesNotContain(" href=");
  }

  @Test
  void theStylesDigestIsTheOneOfThePolicy() throws Exception {
    String page = page(SampleLog.SIGNER.verifier().toString());
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
    byte[] digest =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest(style.getBytes(StandardCharsets.UTF_8));

    assertThat(page)
        .contains("'sha256-" + java.util.Base64.getEncoder().encodeToString(digest) + "'");
  }
}
