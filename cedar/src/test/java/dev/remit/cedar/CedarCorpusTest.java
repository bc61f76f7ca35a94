package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.cedar.json.JsonReader;
import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueReader;
import dev.remit.cedar.value.ValueRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every decision, reason and error of the published corpus (cedar-integration-tests). */
@Tag("corpus")
class CedarCorpusTest {

  @Test
  void everyAnswerOfTheCorpusAgrees() throws IOException {
    Path archive = corpora().resolve("cedar").resolve("corpus.tar.gz");
    if (!Files.exists(archive)) {
      skipped();
    }
    var files = TarGz.read(archive);
    List<String> disagreeing = new ArrayList<>();
    int requests = 0;
    for (var file : files.entrySet()) {
      if (file.getKey().endsWith(".json") && !file.getKey().endsWith(".entities.json")) {
        requests += run(file.getKey(), file.getValue(), files, disagreeing);
      }
    }
    System.out.println(
        "corpus cedar: " + (requests - disagreeing.size()) + " of " + requests + " agree");
    assertThat(requests).isPositive();
    assertThat(disagreeing).isEmpty();
  }

  private static int run(
      String name, String json, Map<String, String> files, List<String> disagreeing)
      throws IOException {
    var test = Official.MAPPER.readTree(json);
    var policies =
        PolicySet.read(Official.json(file(files, test.path("policies").asText()))).orThrow();
    var entities = Entities.read(file(files, test.path("entities").asText())).orThrow();
    for (var request : test.path("requests")) {
      String ours = Official.words(policies.decide(facts(request, entities)));
      String wanted = wanted(request);
      if (!ours.equals(wanted)) {
        disagreeing.add(
            name + " " + request.path("description").asText() + ": " + ours + ", not " + wanted);
      }
    }
    return test.path("requests").size();
  }

  private static String file(Map<String, String> files, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static Facts facts(JsonNode request, Entities entities) {
    return new Facts(
        uid(request.path("principal")),
        uid(request.path("action")),
        uid(request.path("resource")),
        (ValueRecord) ValueReader.read(JsonReader.read(request.path("context").toString())),
        entities);
  }

  private static EntityUid uid(JsonNode json) {
    return ValueReader.uid(JsonReader.read(json.toString()));
  }

  private static String wanted(JsonNode request) {
    var reasons = new TreeSet<String>();
    var errors = new TreeSet<String>();
    request.path("reason").forEach(id -> reasons.add(id.asText()));
    request.path("errors").forEach(id -> errors.add(id.asText()));
    return request.path("decision").asText() + " " + reasons + " " + errors;
  }

  private static Path corpora() {
    return Stream.of(System.getProperty("remit.corpora"), System.getenv("REMIT_CORPORA"))
        .filter(folder -> folder != null && !folder.isBlank())
        .map(Path::of)
        .filter(folder -> Files.isDirectory(folder.resolve("cedar")))
        .findFirst()
        .orElse(Path.of("no-corpora"));
  }

  private static void skipped() {
    String line = "corpus cedar: skipped, no cedar/corpus.tar.gz below `remit.corpora`";
    System.out.println(line);
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(line);
    }
    abort(line);
  }
}
