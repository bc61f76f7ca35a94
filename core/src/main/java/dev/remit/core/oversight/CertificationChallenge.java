package dev.remit.core.oversight;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.PersonId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The challenge that a certification signs (Web Authentication Level 2, section 13.4.3): bound to
 * the tenant, the verdict, the person, and the outcomes in their order, each by the digest of its
 * leaf, so that it serves for no other effect, person or verdict.
 */
public final class CertificationChallenge {

  private CertificationChallenge() {}

  /** 32 bytes: the SHA-256 of the canonical JSON that names all of it. */
  public static byte[] of(TenantId tenant, boolean isObjection, PersonId person, List<Item> items) {
    var text =
        CanonicalJson.text(
            Value.object(
                "purpose", "remit-certification-v1",
                "tenant", tenant.value(),
                "verdict", isObjection ? "object" : "certify",
                "person", person.text(),
                "outcomes", items.stream().map(CertificationChallenge::outcome).toList()));
    return Sha256.raw(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Value outcome(Item item) {
    return Value.object("call", item.call().value(), "digest", item.digest());
  }
}
