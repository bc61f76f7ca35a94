package dev.remit.core.approval;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.PersonId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * The challenge that an answer signs (Web Authentication Level 2, section 13.4.3): bound to one
 * proposal, its digest, its times, the verdict, the person and the groups the person answers for,
 * so that no answer serves for another, or later than it was given for, or for a group that others
 * stand in for earlier than they may, whatever a row says.
 */
public final class AnswerChallenge {

  private AnswerChallenge() {}

  /** 32 bytes: the SHA-256 of the canonical JSON that names all of it. */
  public static byte[] of(Proposal proposal, Verdict verdict, PersonId person, Set<String> groups) {
    var text =
        CanonicalJson.text(
            Value.object(
                "purpose", "remit-answer-v2",
                "proposal", proposal.id().value(),
                "digest", proposal.digest(),
                "askedAt", proposal.askedAt().toEpochMilli(),
                "answerBy", proposal.answerBy().toEpochMilli(),
                "verdict", verdict.name(),
                "person", person.text(),
                "groups", Value.texts(new TreeSet<>(groups))));
    return Sha256.raw(text.getBytes(StandardCharsets.UTF_8));
  }
}
