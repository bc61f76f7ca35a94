package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.release.NoteTerms;
import dev.remit.core.release.Release;
import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Notes in tickets are Remit's own: a name without a token, a class that has the tool. */
class NotesTest {
  private static final String REMIT = "remit.yaml";
  private static final String NOTES = "agents/remit-notes.yaml";

  @Test
  void theExampleNotesInThePsaUnderANameWithoutTokens() {
    Release release = Example.loaded().release();
    var agent = new AgentClassId("remit-notes");
    assertThat(release.people().notes())
        .contains(new NoteTerms(agent, "note-ticket", "psa_add_note", "ticket", "text"));
    var automation = Objects.requireNonNull(release.agentClasses().get(agent));
    assertThat(automation.isAutomation()).isTrue();
    assertThat(automation.identities())
        .hasSize(3)
        .allSatisfy(identity -> {
          assertThat(identity.isAutomation()).isTrue();
          assertThat(identity.agent().family().text()).isEqualTo("change");
        });
    assertThat(release.agentClasses().values().stream().filter(a -> a.isAutomation())).hasSize(1);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments(REMIT, "agent: remit-notes", "agent: nobody", "no agent is named `nobody`"),
        arguments(REMIT, "agent: remit-notes", "agent: service-desk", "add `automation: remit`"),
        arguments(REMIT, "task-class: note-ticket", "task-class: nothing", "no task class"),
        arguments(REMIT, "task-class: note-ticket", "task-class: close-ticket", "may not work on"),
        arguments(REMIT, "task-class: note-ticket", "task-class: close-ticket", "is no tool of"),
        arguments(REMIT, "tool: psa_add_note", "tool: psa_add", "no tool is named `psa_add`"),
        arguments(REMIT, "tool: psa_add_note", "tool: psa_reply", "a note is `low`"),
        arguments(REMIT, "tool: psa_add_note", "tool: psa_route_ticket", "a text alone"),
        arguments(REMIT, "ticket: ticket,", "ticket: text,", "its one target"),
        arguments(REMIT, "text: text }", "text: words }", "a text alone"),
        arguments(REMIT, "text: text }", "text: ticket }", "a text alone"),
        arguments(REMIT, ", text: text }", " }", "`text` is missing"),
        arguments(REMIT, ", text: text }", ", text: text, link: x }", "unknown key `link`"),
        arguments(NOTES, "automation: remit", "automation: other", "must be `remit`"),
        arguments(NOTES, "automation: remit\n", "", "`model-provider` is missing"),
        arguments(NOTES, "automation: remit\n", "", "`issuer` is missing"),
        arguments(
            NOTES,
            "automation: remit",
            "automation: remit\nmodel-provider: example-models",
            "unknown key `model-provider`"),
        arguments(
            NOTES, "{ tenant: harbor-dental,", "{ issuer: lab, tenant: harbor-dental,", "issuer"),
        arguments(
            NOTES, "{ tenant: harbor-dental,", "{ subject: x, tenant: harbor-dental,", "subject"),
        arguments(NOTES, "tenant: harbor-dental", "tenant: northwind-legal", "already has an"),
        arguments(NOTES, "tenant: harbor-dental", "tenant: nobody", "no tenant is named"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatDoesNotFitIsTold(String file, String find, String replacement, String words)
      throws IOException {
    assertThat(Example.changed(file, find, replacement))
        .extracting(Diagnostic::text)
        .anySatisfy(told -> assertThat(told).contains(words));
  }

  @Test
  void withoutTheEntryNoTicketTells() throws IOException {
    var text =
        new String(Objects.requireNonNull(Example.files().get(REMIT)), StandardCharsets.UTF_8);
    var line = text.lines().filter(l -> l.startsWith("  notes:")).findFirst().orElseThrow();
    assertThat(Example.with(REMIT, text.replace(line + "\n", ""))).isEmpty();
  }
}
