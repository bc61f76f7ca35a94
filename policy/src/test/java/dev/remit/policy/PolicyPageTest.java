package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page says what the code does, and nothing that it does not. */
class PolicyPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("remit.root", "..")).resolve("docs/reference/policy.md");

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  @Test
  void everyAnnotationIsExplainedAndNoOther() throws IOException {
    var explained =
        Pattern.compile("(?m)^\\| `@([a-z]+)\\(")
            .matcher(page())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(explained).containsExactlyInAnyOrderElementsOf(Annotations.KNOWN);
  }

  @Test
  void everyLayerIsExplained() throws IOException {
    for (var layer : Layer.values()) {
      assertThat(page())
          .contains("| `" + layer.name().toLowerCase(Locale.ROOT).replace('_', '-') + "` |");
    }
  }

  @Test
  void everyFactOfTheSchemaIsNamed() throws IOException {
    var page = page();
    var schema = CedarSchema.of(World.release());
    var facts = schema.substring(0, schema.indexOf("entity Device"));
    Pattern.compile("\"([A-Za-z]+)\"\\??:")
        .matcher(facts + schema.substring(schema.indexOf("context: {")))
        .results()
        .map(found -> found.group(1))
        .filter(name -> !java.util.Set.of("device", "service", "count").contains(name))
        .forEach(name -> assertThat(page).as(name).contains("`" + name + "`"));
  }
}
