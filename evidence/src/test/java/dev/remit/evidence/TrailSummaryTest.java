package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words for what people do, from the fields that the flow writes. */
class TrailSummaryTest {

  private static Value.Obj proposal(String subject, Object... more) {
    var fields = Value.object("proposal", "sha256:ab", "handle", "p-1", "subject", subject);
    for (var member : Value.object(more).members().entrySet()) {
      fields = fields.with(member.getKey(), member.getValue());
    }
    return fields;
  }

  private static Stream<Arguments> proposals() {
    return Stream.of(
        Arguments.of(
            Kind.PROPOSED,
            Value.object(
                "decision",
                "needs-approval",
                "determining",
                List.of("wipe-asks"),
                "from",
                List.of("tenant.approvers"),
                "answerBy",
                "2026-03-01T10:30:00Z"),
            "needs-approval; by wipe-asks; from tenant.approvers; answer by 2026-03-01T10:30:00Z"),
        Arguments.of(
            Kind.PROPOSED,
            proposal("lift", "by", "staff/olga", "scope", "tenant:harbor", "reason", "a drill"),
            "lift tenant:harbor; a drill; about a lift"),
        Arguments.of(
            Kind.PROPOSED,
            proposal("key", "by", "staff/sam", "answerBy", "2026-03-04T10:00:00Z"),
            "answer by 2026-03-04T10:00:00Z; about a key"),
        Arguments.of(
            Kind.PROPOSAL_READ, proposal("call", "person", "staff/sam"), "read by staff/sam"),
        Arguments.of(
            Kind.ANSWERED,
            proposal(
                "call",
                "person",
                "harbor/hanna",
                "organisation",
                "client/harbor",
                "verdict",
                "grant",
                "signature",
                "MEUC"),
            "grant; by harbor/hanna; of client/harbor"),
        Arguments.of(
            Kind.PROPOSAL_GRANTED,
            proposal(
                "call",
                "by",
                List.of("harbor/hanna", "staff/sam"),
                "state",
                "granted",
                "useBy",
                "2026-03-01T10:10:00Z"),
            "granted; by harbor/hanna, staff/sam; use by 2026-03-01T10:10:00Z"),
        Arguments.of(
            Kind.PROPOSAL_ENDED,
            proposal("key", "state", "stale", "why", "the key is known already"),
            "stale; the key is known already; about a key"),
        Arguments.of(
            Kind.PROPOSAL_ENDED,
            proposal("call", "by", List.of("harbor/hanna"), "state", "refused"),
            "refused; by harbor/hanna"),
        Arguments.of(
            Kind.PROPOSAL_ENDED, proposal("lift", "state", "expired"), "expired; about a lift"));
  }

  private static Stream<Arguments> others() {
    var turned = Value.object("by", "staff/olga", "reason", "a call came in");
    return Stream.of(
        Arguments.of(Kind.TASK_HELD, turned, "a call came in"),
        Arguments.of(Kind.TASK_RESUMED, turned, "a call came in"),
        Arguments.of(
            Kind.TASK_ESCALATED,
            Value.object("by", "service-desk"),
            "held until people let it go on"),
        Arguments.of(
            Kind.TASK_CLOSED,
            Value.object("state", "taken_over", "by", "staff/olga"),
            "taken over"),
        Arguments.of(
            Kind.RESOLUTION,
            turned.with("outcome", Value.of("succeeded")),
            "succeeded; a call came in"),
        Arguments.of(
            Kind.DECISION,
            Value.object("decision", "needs-approval", "determining", List.of("wipe-asks")),
            "needs-approval; by wipe-asks"),
        Arguments.of(
            Kind.KEY_REGISTERED,
            Value.object(
                "person", "staff/sam",
                "organisation", "msp",
                "key", "k-1",
                "activeFrom", "2026-03-01T10:00:00Z"),
            "key k-1; of staff/sam; counts from 2026-03-01T10:00:00Z"),
        Arguments.of(
            Kind.READ,
            Value.object("by", "staff/sam", "what", "receipt", "about", "call-1", "times", 3),
            "receipt of call-1; by staff/sam; 3 times"),
        Arguments.of(
            Kind.KEY_REMOVED,
            Value.object("person", "staff/sam", "key", "k-1"),
            "key k-1; of staff/sam"),
        Arguments.of(
            Kind.KILL_LIFTED,
            Value.object("scope", "tenant:harbor", "reason", "a drill"),
            "tenant:harbor; a drill"),
        Arguments.of(
            Kind.POLICY_IN_FORCE,
            Value.object("version", "sha256:aa", "policies", 41),
            "version sha256:aa; 41 policies"),
        Arguments.of(
            Kind.POLICY_ACTIVATED,
            Value.object("version", "sha256:aa", "how", "reload"),
            "version sha256:aa; reload"));
  }

  @ParameterizedTest
  @MethodSource({"proposals", "others"})
  void whatIsTheCaseIsSaidInItsOwnWords(Kind kind, Value.Obj fields, String words) {
    assertThat(TrailSummary.of(kind.text(), fields)).isEqualTo(words);
  }

  @Test
  void theWordsOfAnAgentAreMarkedAsSuchAndGoWithTheBody() {
    var body = Value.object("reason", Value.object("excerpt", "I am stuck", "kind", "claimed"));

    assertThat(TrailSummary.of("task-escalated", Value.Obj.EMPTY, body))
        .isEqualTo("held until people let it go on; the agent says: I am stuck");
    assertThat(TrailSummary.of("task-escalated", Value.Obj.EMPTY, Value.Obj.EMPTY))
        .isEqualTo("held until people let it go on");
    assertThat(TrailSummary.of("task-held", Value.Obj.EMPTY, body)).isEmpty();
  }
}
