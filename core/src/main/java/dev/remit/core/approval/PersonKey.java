package dev.remit.core.approval;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A person's registered key: a public key credential (Web Authentication Level 2, section 4).
 *
 * @param credentialId base64url; unique over all people, so that one key is one human
 * @param credential the attested credential data with the public key, base64url
 * @param counter the highest signature counter seen; one that goes back shows a copied key
 * @param activeFrom answers signed before this moment count for nothing
 * @param label what its owner calls it
 */
public record PersonKey(
    String credentialId,
    PersonId person,
    Organisation organisation,
    String credential,
    long counter,
    Instant registeredAt,
    Instant activeFrom,
    boolean isRemoved,
    String label) {

  /**
   * The model of the authenticator, as its maker names it: the AAGUID, which the attested
   * credential data begins with (Web Authentication Level 2, section 6.5.1). Empty where it says
   * none.
   */
  public Optional<String> aaguid() {
    try {
      var data = ByteBuffer.wrap(Base64.getUrlDecoder().decode(credential));
      var model = new UUID(data.getLong(), data.getLong());
      return model.equals(new UUID(0, 0)) ? Optional.empty() : Optional.of(model.toString());
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  /** Whether an answer may be signed with it at this moment. */
  public boolean isLiveAt(Instant instant) {
    return !isRemoved && !instant.isBefore(activeFrom);
  }
}
