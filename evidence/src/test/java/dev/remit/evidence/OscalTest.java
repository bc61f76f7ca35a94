package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assessment results, held against what the schema of OSCAL 1.1.3 asks of the parts we write. */
class OscalTest {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  private static final Pattern TOKEN = Pattern.compile("(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*");
  private static final Pattern TEXT = Pattern.compile("\\S(.*\\S)?");
  private static final String HOSTILE = "own/<b>1 \u202e\"";

  @TempDir private Path folder;

  private static SampleLog log(String outcome, boolean isGone) {
    var log = new SampleLog(SampleLog.TENANT);
    log.add(
        Entry.Kind.TASK_OPENED,
        "",
        Value.object(
            "taskClass",
            "restart-service",
            "serves",
            List.of("nist-csf-2.0/PR.AA-05", "owasp-asi-2026/ASI02")));
    log.add(
        Entry.Kind.TASK_OPENED,
        "",
        Value.object("taskClass", "read-health", "serves", List.of("owasp-asi-2026/ASI02")));
    log.add(
        Entry.Kind.TASK_OPENED, "", Value.object("taskClass", "odd", "serves", List.of(HOSTILE)));
    log.add(Entry.Kind.INTENT, "call-1", Value.object("taskClass", "restart-service"));
    log.add(
        Entry.Kind.OUTCOME,
        "call-1",
        Value.object("outcome", outcome, "lease", Value.object("id", "l", "gone", isGone)));
    return log;
  }

  private Value.Obj results(SampleLog log) throws IOException {
    Path pack = folder.resolve("pack-" + log.hashCode());
    EvidencePack.write(log.export(), pack);
    var report = EvidencePack.verify(pack, Optional.of(SampleLog.trust()), Optional.empty());
    var out = new ByteArrayOutputStream();
    Oscal.write(pack, report, out);
    var again = new ByteArrayOutputStream();
    Oscal.write(pack, report, again);
    assertThat(again.toByteArray()).as("equal packs, equal files").isEqualTo(out.toByteArray());
    return Json.parseObject(out.toString(StandardCharsets.UTF_8))
        .object("assessment-results")
        .orElseThrow();
  }

  private static Value.Obj result(Value.Obj document) {
    return (Value.Obj) document.items("results").getFirst();
  }

  private static List<Value.Obj> objects(Value.Obj parent, String name) {
    return parent.items(name).stream().map(Value.Obj.class::cast).toList();
  }

  private static List<String> texts(Value value, String name) {
    List<String> texts = new ArrayList<>();
    switch (value) {
      case Value.Obj object ->
          object
              .members()
              .forEach((key, member) -> {
                if (key.equals(name) && member instanceof Value.Text(String text)) {
                  texts.add(text);
                }
                texts.addAll(texts(member, name));
              });
      case Value.Array(List<Value> items) -> items.forEach(item -> texts.addAll(texts(item, name)));
      default -> {}
    }
    return texts;
  }

  @Test
  void theDocumentHasWhatTheSchemaRequires() throws IOException {
    var document = results(log("succeeded", true));

    assertThat(document.members()).containsKeys("uuid", "metadata", "import-ap", "results");
    assertThat(document.object("metadata").orElseThrow().members())
        .containsKeys("title", "last-modified", "version", "oscal-version");
    assertThat(result(document).members())
        .containsKeys("uuid", "title", "description", "start", "reviewed-controls");
    for (var observation : objects(result(document), "observations")) {
      assertThat(observation.members())
          .containsKeys("uuid", "description", "methods", "collected", "relevant-evidence");
    }
    for (var finding : objects(result(document), "findings")) {
      assertThat(finding.members()).containsKeys("uuid", "title", "description", "target");
    }
    assertThat(texts(document, "uuid")).doesNotHaveDuplicates().allMatch(UUID.asMatchPredicate());
    for (String name : List.of("control-id", "target-id", "name")) {
      assertThat(texts(document, name)).isNotEmpty().allMatch(TOKEN.asMatchPredicate());
    }
    for (String name : List.of("value", "title", "description")) {
      assertThat(texts(document, name)).isNotEmpty().allMatch(TEXT.asMatchPredicate());
    }
    for (String name : List.of("last-modified", "start", "end", "collected")) {
      assertThat(texts(document, name)).isNotEmpty().allMatch(EntryCheck::isInstant);
    }
  }

  @Test
  void everyReferenceLeadsToSomethingInTheDocument() throws IOException {
    var document = results(log("succeeded", true));
    var uuids = new HashSet<>(texts(document, "uuid"));

    assertThat(texts(document, "observation-uuid")).isNotEmpty().allMatch(uuids::contains);
    assertThat(texts(document, "href"))
        .allMatch(href -> href.startsWith("urn:sha256:") || uuids.contains(href.substring(1)));
  }

  @Test
  void eachObjectiveHasAFindingAndEachClassThatServesItAnObservation() throws IOException {
    var result = result(results(log("succeeded", true)));

    assertThat(objects(result, "observations")).hasSize(4);
    assertThat(texts(new Value.Array(result.items("findings")), "target-id"))
        .hasSize(3)
        .contains("PR.AA-05", "ASI02");
  }

  @Test
  void workWithUnknownOutcomesOrCredentialsLeftIsNotSatisfied() throws IOException {
    assertThat(states(log("succeeded", true))).containsOnly("satisfied");
    assertThat(states(log("unknown", true))).contains("not-satisfied", "satisfied");
    assertThat(states(log("succeeded", false))).contains("not-satisfied");
    var open = log("succeeded", true);
    open.add(Entry.Kind.INTENT, "call-2", Value.object("taskClass", "restart-service"));
    assertThat(states(open)).contains("not-satisfied");
  }

  private List<String> states(SampleLog log) throws IOException {
    return texts(new Value.Array(result(results(log)).items("findings")), "state");
  }

  @Test
  void aPackThatServesNothingIsADocumentToo() throws IOException {
    var log = new SampleLog(SampleLog.TENANT);
    log.add(Entry.Kind.KILL, "", Value.object("scope", "everything"));

    var result = result(results(log));

    assertThat(result.get("observations")).isEmpty();
    assertThat(result.object("reviewed-controls").orElseThrow().items("control-selections"))
        .hasSize(1);
  }
}
