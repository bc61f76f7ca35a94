package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Assessment results as somebody else's tool reads them. */
class OscalRefereeTest {

  @TempDir private Path folder = Path.of("unset");

  private static void open(SampleLog log, String taskClass, List<String> serves) {
    log.add(Entry.Kind.TASK_OPENED, "", Value.object("taskClass", taskClass, "serves", serves));
  }

  private static void call(SampleLog log, String id, String taskClass, String outcome) {
    log.add(Entry.Kind.INTENT, id, Value.object("taskClass", taskClass));
    if (!outcome.isEmpty()) {
      log.add(
          Entry.Kind.OUTCOME,
          id,
          Value.object("outcome", outcome, "lease", Value.object("id", "l", "gone", true)));
    }
  }

  /** Every outcome, calls that are open, names that are no tokens, hostile text. */
  private static SampleLog full() {
    var log = new SampleLog(SampleLog.TENANT);
    open(log, "restart-service", List.of("nist-csf-2.0/PR.AA-05", "owasp-asi-2026/ASI02"));
    open(log, "read-health", List.of("owasp-asi-2026/ASI02"));
    open(log, "odd", List.of("own/<b>1 \u202e\"", "no-framework", "/", "own/ü-1", "own/9"));
    open(log, "serves nothing", List.of());
    open(log, " \u202e\t<script>", List.of("own/1", " own\u00a0/ 1 ", " / "));
    open(log, "\u3000x\u2028y\ufeff\u00a0", List.of("own/1"));
    open(log, " ", List.of("own/1"));
    int number = 0;
    for (String outcome : List.of("succeeded", "rejected", "failed", "unknown", "")) {
      for (String taskClass : List.of("restart-service", "read-health", "odd", "serves nothing")) {
        call(log, "call-" + number++, taskClass, outcome);
      }
    }
    log.add(Entry.Kind.REFUSAL, "", Value.object("taskClass", "restart-service", "reason", "x"));
    log.add(Entry.Kind.KILL, "", Value.object("scope", "everything"));
    return log;
  }

  private static SampleLog bare() {
    var log = new SampleLog(SampleLog.TENANT);
    log.add(Entry.Kind.KILL, "", Value.object("scope", "everything"));
    return log;
  }

  private String document(SampleLog log) throws IOException {
    var pack = folder.resolve("pack");
    EvidencePack.write(log.export(), pack);
    var report = EvidencePack.verify(pack, Optional.of(SampleLog.trust()), Optional.empty());
    var out = new ByteArrayOutputStream();
    Oscal.write(pack, report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theRefereeFindsNothingWrongWithAFullPackNorWithABareOne() throws IOException {
    for (var log : List.of(full(), bare())) {
      assertThat(OscalReferee.findings(folder.resolve("results.json"), document(log))).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"state\":\"satisfied\" | \"state\":\"perhaps\" | schema",
        "\"state\":\"satisfied\" | \"state\":\"perhaps\" | constraint",
        "\"algorithm\":\"SHA-256\" | \"algorithm\":\"SHA-512\" | constraint",
        "\"methods\":[\"EXAMINE\"] | \"methods\":[] | schema",
        "\"version\":\"1\" | \"version\":\"\" | schema",
      })
  void theRefereeFindsWhatIsWrong(String right, String wrong, String by) throws IOException {
    var document = document(full());
    assertThat(document).contains(right);
    assertThat(
            OscalReferee.findings(folder.resolve("results.json"), document.replace(right, wrong)))
        .anyMatch(finding -> finding.startsWith(by));
  }
}
