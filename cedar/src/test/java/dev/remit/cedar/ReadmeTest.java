package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's code is the code below, and it runs. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theExampleRuns() {
    String text =
        "permit (principal in G::\"team\", action, resource) when { principal.level > %s };";
    assertThat(decide(text.formatted("2"))).isEqualTo("allowed by [policy0]");
    assertThat(decide(text.formatted("3"))).isEqualTo("denied, []");
    assertThat(decide(text.formatted("true"))).startsWith("denied, [PolicyFailure[policy=policy0");
  }

  private static String decide(String text) {
    EntityUid ann = new EntityUid("U", "ann");
    EntityUid read = new EntityUid("Action", "read");
    EntityUid report = new EntityUid("Report", "1");
    ValueRecord context = ValueRecord.EMPTY;
    String policiesJson = Official.json(text);
    String entitiesJson = Ask.ENTITIES;
    PolicySet policies = PolicySet.read(policiesJson).orThrow();
    Entities entities = Entities.read(entitiesJson).orThrow();
    Facts facts = new Facts(ann, read, report, context, entities);
    Answer answer = policies.decide(facts);
    String line =
        answer.isAllowed() ? "allowed by " + answer.determining() : "denied, " + answer.failures();
    return line;
  }

  @Test
  void theReadmeShowsExactlyThisCode() throws IOException {
    String source =
        squeeze(Files.readString(Path.of("src/test/java/dev/remit/cedar/ReadmeTest.java")));
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(blocks).hasSize(1).allSatisfy(block -> assertThat(source).contains(squeeze(block)));
  }

  private static String squeeze(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
