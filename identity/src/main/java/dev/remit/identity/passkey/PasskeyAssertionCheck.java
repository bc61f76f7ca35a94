package dev.remit.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.AssertionCheck;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.value.InvalidValueException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@link AssertionCheck} by webauthn4j (Web Authentication Level 2, section 7.2).
 *
 * <p>Promises: valid is only what this very key signed, over this very challenge, on our own page
 * and for our own relying party id, its user present and verified; a removed or not yet active key
 * is the caller's to refuse. The counter is told, not judged: an answer is checked again when it is
 * used, and the counter has moved on by then. Thread safe.
 */
public final class PasskeyAssertionCheck implements AssertionCheck {

  private static final int MOST_CREDENTIAL_ID = 1_023;
  private static final int MOST_DATA = 2_048;
  private static final int MOST_SIGNATURE = 1_024;
  private static final int MOST_CREDENTIAL = 4_096;

  private final Supplier<RelyingParty> party;
  private final WebAuthnManager manager;
  private final AttestedCredentialDataConverter credentials;

  /**
   * @param party known once the listener is open; what it throws makes every check fail
   */
  public PasskeyAssertionCheck(Supplier<RelyingParty> party) {
    var converter = new ObjectConverter();
    this.party = party;
    this.manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    this.credentials = new AttestedCredentialDataConverter(converter);
  }

  @Override
  public Result check(PersonKey key, byte[] challenge, Assertion assertion) {
    try {
      return checked(key, challenge, assertion);
    } catch (InvalidValueException e) {
      return new Invalid(String.valueOf(e.getMessage()));
    } catch (WebAuthnException e) {
      return new Invalid(Words.of(e));
    } catch (RuntimeException e) {
      return new Invalid("the signature cannot be understood");
    }
  }

  private Result checked(PersonKey key, byte[] challenge, Assertion assertion) {
    if (!assertion.credentialId().equals(key.credentialId())) {
      return new Invalid("another key signed");
    }
    var us = party.get();
    byte[] id = Parts.decoded(assertion.credentialId(), MOST_CREDENTIAL_ID, "key's id");
    byte[] data = Parts.decoded(assertion.authenticatorData(), MOST_DATA, "authenticator data");
    byte[] signature = Parts.decoded(assertion.signature(), MOST_SIGNATURE, "signature");
    byte[] client = ClientData.require(assertion.clientDataJson(), ClientData.GET, challenge, us);
    var credential =
        credentials.convert(Parts.decoded(key.credential(), MOST_CREDENTIAL, "stored key"));
    if (!java.util.Arrays.equals(credential.getCredentialId(), id)) {
      return new Invalid("the stored key is of another id");
    }
    var stored =
        new CredentialRecordImpl(
            new NoneAttestationStatement(),
            null,
            null,
            null,
            0,
            credential,
            null,
            null,
            null,
            null);
    var server =
        ServerProperty.builder()
            .origin(new Origin(us.origin()))
            .rpId(us.id())
            .challenge(new DefaultChallenge(challenge))
            .build();
    var verified =
        manager.verify(
            new AuthenticationRequest(id, data, client, signature),
            new AuthenticationParameters(server, stored, List.of(id), true, true));
    return Optional.ofNullable(verified.getAuthenticatorData())
        .<Result>map(authenticator -> new Valid(authenticator.getSignCount()))
        .orElseGet(() -> new Invalid("the signature cannot be understood"));
  }
}
