package dev.remit.server.notice;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;

/**
 * What a person is told: that something waits, where, until when. No argument, no word of an agent
 * or ticket, no challenge.
 *
 * @param id the same for each repetition of one notice, so that receivers drop what they know
 * @param subject {@code call}, {@code key} or {@code lift}
 * @param link where a person reads it after signing in; it opens nothing by itself
 */
public record Notice(
    String id,
    Kind kind,
    TenantId tenant,
    String proposal,
    String subject,
    Instant answerBy,
    String link) {

  /** Why it is told. */
  public enum Kind {
    ASKED("approval.asked"),
    REMINDER("approval.reminder");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As programs read it. */
    public String text() {
      return text;
    }
  }

  /** As a program reads it. */
  Value.Obj json(Instant at) {
    return Value.object(
        "type",
        kind.text(),
        "timestamp",
        at.toString(),
        "data",
        Value.object(
            "tenant", tenant.value(),
            "proposal", proposal,
            "subject", subject,
            "answerBy", answerBy.toString(),
            "link", link));
  }
}
