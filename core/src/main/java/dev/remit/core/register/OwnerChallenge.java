package dev.remit.core.register;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;

/**
 * The challenge that an owner signs (Web Authentication Level 2, section 13.4.3): bound to the
 * class, its boundaries, the revision of its row and the person, so that it serves once and for
 * nothing else.
 */
public final class OwnerChallenge {

  private OwnerChallenge() {}

  /** 32 bytes: the SHA-256 of the canonical JSON that names all of it. */
  public static byte[] of(
      AgentClassId agentClass, String boundaries, long revision, PersonId person) {
    var text =
        CanonicalJson.text(
            Value.object(
                "purpose",
                "remit-agent-certification-v1",
                "agentClass",
                agentClass.value(),
                "boundaries",
                boundaries,
                "revision",
                revision,
                "person",
                person.text()));
    return Sha256.raw(text.getBytes(StandardCharsets.UTF_8));
  }
}
