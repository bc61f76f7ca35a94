package dev.remit.testkit;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.AssertionCheck;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.call.Sha256;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Checks what {@link FakeAuthenticator} signed, in the steps of Web Authentication Level 2, section
 * 7.2. Real signatures, no attestation.
 */
public final class FakeAssertionCheck implements AssertionCheck {

  static final String RELYING_PARTY = "remit.example";

  @Override
  public Result check(PersonKey key, byte[] challenge, Assertion assertion) {
    try {
      return checked(key, challenge, assertion);
    } catch (GeneralSecurityException | RuntimeException e) {
      return new Invalid("it cannot be read");
    }
  }

  private static Result checked(PersonKey key, byte[] challenge, Assertion assertion)
      throws GeneralSecurityException {
    byte[] clientData = decode(assertion.clientDataJson());
    byte[] data = decode(assertion.authenticatorData());
    var client = Json.parseObject(new String(clientData, StandardCharsets.UTF_8));
    if (!key.credentialId().equals(assertion.credentialId())) {
      return new Invalid("another key signed");
    }
    if (!is(client, "type", "webauthn.get")
        || !is(client, "challenge", encode(challenge))
        || !is(client, "origin", FakeAuthenticator.ORIGIN)) {
      return new Invalid("it was signed for something else");
    }
    if (data.length != 37 || !isOfRelyingParty(data) || (data[32] & 0x05) != 0x05) {
      return new Invalid("the user was not verified");
    }
    var publicKey =
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(decode(key.credential())));
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(publicKey);
    signature.update(data);
    signature.update(Sha256.raw(clientData));
    return signature.verify(decode(assertion.signature()))
        ? new Valid(Integer.toUnsignedLong(ByteBuffer.wrap(data, 33, 4).getInt()))
        : new Invalid("the signature does not hold");
  }

  private static boolean isOfRelyingParty(byte[] data) {
    var expected = Sha256.raw(RELYING_PARTY.getBytes(StandardCharsets.UTF_8));
    return Arrays.equals(data, 0, 32, expected, 0, 32);
  }

  private static boolean is(Value.Obj client, String name, String wanted) {
    return client.text(name).equals(Optional.of(wanted));
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
