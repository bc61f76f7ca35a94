package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.OwnWork;
import dev.remit.core.release.People;
import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the workspace lets people work on by themselves; silence is nothing. */
class OwnWorkTest {
  private static final String OPERATE = "functions: [author, operate]";
  private static final Person ENGINEER =
      new Person(
          new PersonId("staff", "otto"),
          "Otto",
          new Organisation.Msp(),
          Set.of("platform-engineers"),
          Optional.empty(),
          Instant.EPOCH);

  private static People people(String more) throws IOException {
    var files = new TreeMap<>(Example.files());
    var text = new String(files.getOrDefault("remit.yaml", new byte[0]), StandardCharsets.UTF_8);
    var changed = text.replace(OPERATE, OPERATE + more);
    assertThat(changed).isNotEqualTo(more.isEmpty() ? "" : text);
    files.put("remit.yaml", changed.getBytes(StandardCharsets.UTF_8));
    return switch (new Workspaces().load(files)) {
      case WorkspaceResult.Loaded(LoadedWorkspace loaded) -> loaded.release().people();
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  @Test
  void withoutAListNobodyWorksByThemselves() throws IOException {
    assertThat(people("").workOf(ENGINEER)).isEmpty();
  }

  @Test
  void aListNamesTaskClassesAndChangesAreTheMostUnlessSaid() throws IOException {
    var named = people("\n      task-classes: [restart-service, scan-patches]");
    assertThat(named.workOf(ENGINEER))
        .contains(new OwnWork(Set.of("restart-service", "scan-patches"), GradeFamily.CHANGE));
    var higher = people("\n      task-classes: [restart-service]\n      family: destructive");
    assertThat(higher.workOf(ENGINEER))
        .contains(new OwnWork(Set.of("restart-service"), GradeFamily.DESTRUCTIVE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "task-classes: [nothing-such] | no task class is named",
        "task-classes: [] | is empty",
        "task-classes: restart-service | must be a list",
        "family: change | means nothing without",
        "task-classes: [restart-service]; family: all | must be observe"
      })
  void whatIsWrongIsSaid(String more, String words) throws IOException {
    var lines = "\n      " + more.replace("; ", "\n      ");
    assertThat(Example.changed("remit.yaml", OPERATE, OPERATE + lines))
        .extracting(Diagnostic::text)
        .anySatisfy(text -> assertThat(text).startsWith("remit.yaml:").contains(words));
  }

  @Test
  void onlyPeopleWhoOperateWorkOnTasks() throws IOException {
    var approve = "functions: [approve]";
    assertThat(
            Example.changed(
                "remit.yaml", approve, approve + "\n      task-classes: [restart-service]"))
        .extracting(Diagnostic::text)
        .anySatisfy(text -> assertThat(text).contains("only people who `operate`"));
  }

  @Test
  void noAgentIsNamedPerson() throws IOException {
    var desk =
        new String(
            Example.files().getOrDefault("agents/service-desk.yaml", new byte[0]),
            StandardCharsets.UTF_8);
    assertThat(Example.with("agents/person.yaml", desk.replace("service-desk", "person")))
        .extracting(Diagnostic::text)
        .anySatisfy(text ->
            assertThat(text).startsWith("agents/person.yaml:").contains("stands for people"));
  }
}
