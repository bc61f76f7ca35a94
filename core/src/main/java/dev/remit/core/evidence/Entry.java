package dev.remit.core.evidence;

import dev.remit.core.call.Sha256;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One record of the evidence: digests and classified fields, with a body beside it.
 *
 * <p>The {@link #leaf} is what the Merkle log holds; the body stays beside the log under its salt
 * and can be erased with it. Neither may hold a secret.
 *
 * @param id random, unique in the installation
 * @param fields what the leaf shows
 * @param body what only the digest of stands in the leaf
 * @param salt 16 random bytes in hexadecimal
 */
public record Entry(
    String id,
    TenantId tenant,
    Kind kind,
    Optional<String> call,
    Optional<String> task,
    Instant at,
    Value.Obj fields,
    Value.Obj body,
    String salt) {

  /** The leaf in canonical form; its UTF-8 bytes are what is hashed. */
  public String leaf() {
    return leafAs(kind, bodyDigest(salt, body));
  }

  /** The leaf that this entry has as one of this kind, where the digest of its body is known. */
  public String leafAs(Kind kind, String bodyDigest) {
    var leaf =
        Value.object(
            "v",
            1,
            "id",
            id,
            "tenant",
            tenant.value(),
            "kind",
            kind.text(),
            "at",
            at.toString(),
            "fields",
            fields,
            "body",
            bodyDigest);
    leaf = call.isPresent() ? leaf.with("call", Value.of(call.get())) : leaf;
    leaf = task.isPresent() ? leaf.with("task", Value.of(task.get())) : leaf;
    return CanonicalJson.text(leaf);
  }

  /** The salted digest of a body's canonical bytes. */
  public static String bodyDigest(String salt, Value.Obj body) {
    return bodyDigest(salt, CanonicalJson.text(body));
  }

  /** The salted digest of a body whose canonical form is this text. */
  public static String bodyDigest(String salt, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return "sha256:" + HexFormat.of().formatHex(Sha256.raw(HexFormat.of().parseHex(salt), bytes));
  }

  /** What an entry tells. */
  public enum Kind {
    TASK_OPENED,
    TASK_REFUSED,
    TASK_CLOSED,
    TASK_HELD,
    TASK_RESUMED,
    TASK_ESCALATED,
    INTENT,
    OUTCOME,
    RESOLUTION,
    REFUSAL,
    DECISION,
    PROPOSED,
    PROPOSAL_READ,
    ANSWERED,
    PROPOSAL_GRANTED,
    PROPOSAL_ENDED,
    KEY_REGISTERED,
    KEY_REMOVED,
    LEASE_ENDED,
    READ,
    KILL,
    KILL_LIFTED,
    SIGNED_IN,
    SIGNED_OUT,
    POLICY_ACTIVATED,
    POLICY_IN_FORCE,
    LOG_KEY_CHANGED,
    TOOL_CHANGED,
    CONNECTION,
    CERTIFIED,
    OBJECTED,
    AUTONOMY_RAISED,
    AUTONOMY_LOWERED,
    RESTORED,
    LEGAL_HOLD_SET,
    LEGAL_HOLD_LIFTED,
    BODIES_ERASED,
    AGENT_PROPOSED,
    AGENT_LAUNCHED,
    AGENT_SUSPENDED,
    AGENT_RETIRED,
    AGENT_CERTIFIED,
    PERSON_GONE;

    /** The form in the leaf, such as {@code task-opened}. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
