package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.UpstreamDefinition;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins of tools that other servers define. */
class PinsCommandTest {

  private static final Path EXAMPLE = Path.of(System.getProperty("remit.root"), "examples/msp");
  private static final Value.Obj LISTED =
      Value.object("name", "lookup", "description", "Looks things up.");
  private static final String PIN = UpstreamDefinition.of(LISTED).pin();

  @TempDir private Path temp = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Folders.copy(EXAMPLE, temp.resolve("msp"));
    Files.writeString(
        temp.resolve("msp/connectors/notes.yaml"),
        """
        connector: notes
        system: notes of others
        kind: mcp
        owner: platform-engineers
        scope-truth: vendor-enforced
        endpoint: notes
        operations:
        """
            + operation("kept", "    accepted: { name: lookup, description: Looks things up. }\n")
            + operation("lost", ""));
  }

  private static String operation(String name, String more) {
    return """
      %s:
        title: Looks up
        description: Looks things up.
        effect: observe
        arguments: { type: object, properties: {} }
        content: untrusted
        classes: { "": operational }
        proof: record
        timeout: 5s
        tool: lookup
        pin: %s
    """
            .formatted(name, PIN)
            .indent(0)
        + more;
  }

  @Test
  void eachToolOfAnUpstreamHasItsPinAndWhetherWhatWasAcceptedIsKept() {
    var ran = MainTest.run("connectors", "pins", temp.resolve("msp").toString(), "--json");
    assertThat(ran.exit()).as(ran.out()).isZero();
    assertThat(Json.parseObject(ran.out()).items("pins"))
        .containsExactly(pin("notes_kept", true), pin("notes_lost", false));
    assertThat(MainTest.run("connectors", "pins", temp.resolve("msp").toString()).out())
        .contains("notes_kept", "notes_lost", PIN)
        .doesNotContain("rmm_");
  }

  private static Value pin(String tool, boolean isKept) {
    return Value.object("tool", tool, "connector", "notes", "pin", PIN, "kept", isKept);
  }

  @Test
  void aWorkspaceWithoutUpstreamsHasNone() {
    assertThat(MainTest.run("connectors", "pins", EXAMPLE.toString()).out())
        .contains("no tool is of an upstream server");
  }

  @Test
  void checkWarnsOfADefinitionThatIsNotKept() {
    assertThat(MainTest.run("check", temp.resolve("msp").toString()).out())
        .contains("connectors/notes.yaml:1: warning: the accepted definition of `notes_lost`")
        .doesNotContain("definition of `notes_kept`");
  }
}
