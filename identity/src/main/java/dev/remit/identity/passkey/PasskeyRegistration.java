package dev.remit.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import dev.remit.core.approval.KeyRegistration;
import dev.remit.core.value.InvalidValueException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@link KeyRegistration} by webauthn4j (Web Authentication Level 2, section 7.1).
 *
 * <p>Promises: taken is only a new key for this very challenge, made on our own page, its user
 * present and verified, of a kind that is listed (ES256, EdDSA, RS256). Attestation is kept and not
 * judged: who may have which authenticator is the organisation's to say. Thread safe.
 */
public final class PasskeyRegistration implements KeyRegistration {

  private static final int MOST_ATTESTATION = 12 * 1_024;

  private static final List<PublicKeyCredentialParameters> KINDS =
      Stream.of(
              COSEAlgorithmIdentifier.ES256,
              COSEAlgorithmIdentifier.EdDSA,
              COSEAlgorithmIdentifier.RS256)
          .map(kind -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, kind))
          .toList();

  private final Supplier<RelyingParty> party;
  private final WebAuthnManager manager;
  private final AttestedCredentialDataConverter credentials;

  /**
   * @param party known once the listener is open; what it throws makes every check fail
   */
  public PasskeyRegistration(Supplier<RelyingParty> party) {
    var converter = new ObjectConverter();
    this.party = party;
    this.manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    this.credentials = new AttestedCredentialDataConverter(converter);
  }

  @Override
  public Result check(byte[] challenge, Attested attested) {
    try {
      return checked(challenge, attested);
    } catch (InvalidValueException e) {
      return new Invalid(String.valueOf(e.getMessage()));
    } catch (WebAuthnException e) {
      return new Invalid(Words.of(e));
    } catch (RuntimeException e) {
      return new Invalid("what the key sent cannot be understood");
    }
  }

  private Result checked(byte[] challenge, Attested attested) {
    var us = party.get();
    byte[] attestation =
        Parts.decoded(attested.attestationObject(), MOST_ATTESTATION, "attestation");
    byte[] client = ClientData.require(attested.clientDataJson(), ClientData.CREATE, challenge, us);
    var server =
        ServerProperty.builder()
            .origin(new Origin(us.origin()))
            .rpId(us.id())
            .challenge(new DefaultChallenge(challenge))
            .build();
    var verified =
        manager.verify(
            new RegistrationRequest(attestation, client),
            new RegistrationParameters(server, KINDS, true, true));
    var object = verified.getAttestationObject();
    var credential =
        object == null ? null : object.getAuthenticatorData().getAttestedCredentialData();
    if (object == null || credential == null || credential.getCredentialId().length == 0) {
      return new Invalid("what the key sent cannot be understood");
    }
    return new Valid(
        Parts.encoded(credential.getCredentialId()),
        Parts.encoded(credentials.convert(credential)),
        object.getAuthenticatorData().getSignCount(),
        attested.attestationObject());
  }
}
