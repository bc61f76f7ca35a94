package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import dev.remit.evidence.reconcile.Act;
import dev.remit.evidence.reconcile.Reconciliation;
import dev.remit.evidence.reconcile.Rules;
import dev.remit.evidence.reconcile.VendorLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the client's two files to what went around. */
class PackReconciliationTest {

  @TempDir private Path folder;

  private Path pack() {
    var log = new SampleLog(SampleLog.TENANT);
    log.add(Entry.Kind.TASK_OPENED, "", Value.object("taskClass", "restart-service"));
    log.add(
        Entry.Kind.INTENT,
        "call-1",
        Value.object(
            "agent", "agent-1",
            "tool", "rmm_restart_service",
            "connector", "rmm",
            "effect", "low",
            "targets",
                List.of(
                    Value.object(
                        "ref", "rmm/device/42", "tenant", "harbor-dental", "version", "1")),
            "sendBy", "2026-03-01T10:00:30Z"));
    log.add(Entry.Kind.OUTCOME, "call-1", Value.object("outcome", "succeeded"));
    Path file = folder.resolve("pack.jsonl");
    EvidencePack.write(log.export(), file);
    return file;
  }

  private Reconciliation run(String activities) throws IOException {
    Path file = folder.resolve("activities.json");
    Files.writeString(file, activities);
    var rules =
        Rules.parse(
            """
            {"connectors": ["rmm"], "principals": ["17"],
             "from": "2026-03-01T09:00:00Z", "until": "2026-03-01T11:00:00Z"}\
            """);
    return Reconciliation.of(pack(), VendorLog.read(file, VendorLog.Format.NINJAONE, rules), rules);
  }

  private static String activity(int id, String seconds, int device) {
    return "{\"id\":%d,\"activityTime\":%s,\"deviceId\":%d,\"userId\":17,\"activityType\":\"ACTION\"}"
        .formatted(id, seconds, device);
  }

  @Test
  void anRmmChangeMadeAroundRemitIsFoundAndTheReceiptedOneIsNot() throws IOException {
    var result =
        run(
            "{\"activities\":["
                + activity(1, "1772359205.5", 42)
                + ","
                + activity(2, "1772359206", 43)
                + "]}");

    assertThat(result.around().stream().map(Act::id)).containsExactly("2");
    assertThat(result.unanswered()).isEmpty();
    assertThat(result.pairs().keySet()).containsExactly("call-1");
  }

  @Test
  void aReceiptThatNoActAnswersToIsFound() throws IOException {
    var result = run("[]");

    assertThat(result.unanswered().stream().map(Reconciliation.Unanswered::call))
        .containsExactly("call-1");
    assertThat(result.toValue().items("receiptsWithoutAct")).hasSize(1);
  }
}
