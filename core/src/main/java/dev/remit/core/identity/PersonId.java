package dev.remit.core.identity;

import dev.remit.core.value.InvalidValueException;

/**
 * A person: the subject of an issuer of people, never an e-mail address.
 *
 * @param issuer the issuer's name in the workspace, such as {@code staff}
 * @param subject the issuer's own identifier of the person (OpenID Connect Core 1.0, section 2)
 */
public record PersonId(String issuer, String subject) {

  public PersonId {
    if (issuer.isBlank() || issuer.contains("/") || subject.isBlank() || subject.length() > 255) {
      throw new InvalidValueException("a person is named by an issuer and a subject");
    }
  }

  /** The name recorded in evidence: {@code issuer/subject}. */
  public String text() {
    return issuer + "/" + subject;
  }

  @Override
  public String toString() {
    return text();
  }
}
