package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.evidence.Journal;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrailViewTest {

  private static final Value.Obj INTENT =
      Value.object(
          "agent", "service-desk/harbor-dental/production/change",
          "instance", "i-1",
          "taskClass", "restart-service",
          "ticket", "1042",
          "tool", "rmm_restart_service",
          "effect", "low",
          "targets",
              List.of(
                  Value.object("ref", "rmm:device:7", "tenant", "harbor-dental", "version", "v3")),
          "decision", "permit",
          "determining", List.of("restart-service-low"),
          "principal", "remit_ab12",
          "leaseEnd", "2026-03-01T10:01:00Z",
          "sendBy", "2026-03-01T10:00:05Z",
          "version", "sha256:aa");

  private final List<Journal.Stored> stored = new ArrayList<>();

  private void store(Kind kind, Value.Obj fields, Value.Obj body) {
    var entry =
        new Entry(
            "entry-" + stored.size(),
            SampleLog.TENANT,
            kind,
            Optional.of("call-1"),
            Optional.of("task-1"),
            Instant.parse("2026-03-01T10:00:00Z"),
            fields,
            body,
            "0".repeat(32));
    stored.add(
        new Journal.Stored(Optional.of((long) stored.size()), entry.leaf(), entry.salt(), body));
  }

  private List<TrailRow> rows() {
    return TrailView.rows(TrailView.answer(stored));
  }

  @Test
  void anIntentIsOneLineWithDecisionTargetAndEndOfItsCredential() {
    store(Kind.INTENT, INTENT, Value.Obj.EMPTY);

    assertThat(TrailView.lines(rows()))
        .containsExactly(
            "2026-03-01T10:00:00Z  intent            service-desk/harbor-dental/production/change"
                + "  rmm_restart_service  rmm:device:7  permit; by restart-service-low; credential"
                + " until 2026-03-01T10:01:00Z  task=task-1  call=call-1  #0");
  }

  @Test
  void aRefusalShowsTheTrueCodeAndWhatTheAgentHeard() {
    store(
        Kind.REFUSAL,
        Value.object("reason", "tenant-mismatch", "agentHeard", "target-not-available"),
        Value.Obj.EMPTY);

    assertThat(rows().getFirst().summary())
        .isEqualTo("deny: tenant-mismatch; agent heard target-not-available");
  }

  @Test
  void aCredentialThatIsNotProvenGoneIsSaidLoudly() {
    store(
        Kind.OUTCOME,
        Value.object(
            "outcome", "unknown", "lease", Value.object("gone", false, "detail", "target is away")),
        Value.Obj.EMPTY);

    assertThat(rows().getFirst().summary())
        .isEqualTo("unknown; credential NOT proven gone; target is away");
  }

  @Test
  void theWayOfACallIsOnOneScreen() {
    store(Kind.INTENT, INTENT, Value.object("arguments", Value.object("device", "7")));
    var reading = Value.object("target", "rmm:device:7", "owner", "org-1", "version", "v3");
    store(
        Kind.OUTCOME,
        Value.object("outcome", "succeeded", "lease", Value.object("gone", true, "proof", "401")),
        Value.object("before", List.of(reading), "after", List.of(reading)));

    assertThat(TrailView.path(rows()))
        .containsSubsequence(
            "call call-1",
            "  task      task-1, class restart-service, ticket 1042",
            "            {\"device\":\"7\"}",
            "  target    rmm:device:7 of harbor-dental at version v3",
            "    credential remit_ab12, send by 2026-03-01T10:00:05Z",
            "    read before rmm:device:7 of owner org-1 at version v3",
            "    read after rmm:device:7 of owner org-1 at version v3")
        .anyMatch(line -> line.endsWith("succeeded; credential gone; 401"));
  }

  @Test
  void wordsOfOutsidersCannotSteerATerminal() {
    store(
        Kind.KILL,
        Value.object("scope", "everything", "reason", "a\u001b[2Jb\nfake line\u202e\u2028"),
        Value.Obj.EMPTY);

    assertThat(TrailView.lines(rows()).getFirst())
        .contains("a\\u{1b}[2Jb\\u{a}fake line\\u{202e}\\u{2028}")
        .matches("[^\\p{Cntrl}]*");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindIsShownWhateverItsFieldsAre(Kind kind) {
    store(kind, Value.Obj.EMPTY, Value.Obj.EMPTY);
    store(kind, Value.object("targets", 3, "lease", "x", "determining", "y"), Value.Obj.EMPTY);

    assertThat(TrailView.lines(rows())).hasSize(2).allMatch(line -> line.contains(kind.text()));
    assertThat(TrailView.path(rows())).hasSizeGreaterThan(2);
    assertThat(rows().getFirst().toValue().text("kind")).contains(kind.text());
  }

  @Test
  void anEntryThatIsNotInTheLogYetSaysSo() {
    store(Kind.INTENT, INTENT, Value.Obj.EMPTY);
    var first = stored.getFirst();
    stored.set(0, new Journal.Stored(Optional.empty(), first.leaf(), first.salt(), first.body()));

    assertThat(TrailView.lines(rows()).getFirst()).endsWith("(not in the log yet)");
    assertThat(rows().getFirst().toValue().get("index")).isEmpty();
  }

  @Test
  void anAnswerWithoutLeavesIsRefused() {
    var answer = Value.object("entries", List.of(Value.object("index", 1)));

    assertThatThrownBy(() -> TrailView.rows(answer)).isInstanceOf(InvalidValueException.class);
  }
}
