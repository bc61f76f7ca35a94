package dev.remit.web;

import static dev.remit.web.AccessRig.decision;
import static dev.remit.web.AccessRig.decisions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every published AuthZEN case over HTTP, under our own policy for the interop's list. */
@Tag("corpus")
class AccessCorpusTest {

  @Test
  void everyPublishedCaseAgrees() throws IOException {
    var files = files();
    if (files.isEmpty()) {
      System.out.println("corpus authzen: skipped, no authzen/*.json below `remit.corpora`");
      assertThat(System.getenv("CI")).isNotEqualTo("true");
      abort("no corpus");
    }
    int cases = 0;
    var disagreeing = new ArrayList<String>();
    try (var rig = new AccessRig(CedarAdvisor.of("todo"))) {
      for (var file : files) {
        var corpus = Json.parseObject(Files.readAllBytes(file));
        for (String kind : List.of("evaluation", "evaluations")) {
          for (var item : corpus.items(kind)) {
            cases++;
            if (!agrees(rig, kind, (Value.Obj) item)) {
              disagreeing.add(Json.text(item));
            }
          }
        }
      }
    }
    System.out.println(
        "corpus authzen: " + (cases - disagreeing.size()) + " of " + cases + " agree");
    assertThat(cases).isPositive();
    assertThat(disagreeing).isEmpty();
  }

  private static boolean agrees(AccessRig rig, String kind, Value.Obj item) {
    var reply = rig.ask("/access/v1/" + kind, Json.text(item.object("request").orElseThrow()));
    var expected = item.get("expected").orElseThrow();
    return switch (expected) {
      case Value.Bool(boolean claim) -> decision(reply) == claim;
      case Value.Array(List<Value> items) ->
          decisions(reply).equals(items.stream().map(AccessCorpusTest::claim).toList());
      case Value.Null _, Value.Int _, Value.Real _, Value.Text _, Value.Obj _ -> false;
    };
  }

  private static boolean claim(Value item) {
    return ((Value.Obj) item).get("decision").equals(Optional.of(Value.of(true)));
  }

  private static List<Path> files() throws IOException {
    var root =
        Stream.of(System.getProperty("remit.corpora"), System.getenv("REMIT_CORPORA"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("../../shared/vectors");
    var folder = Path.of(root).resolve("authzen");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
