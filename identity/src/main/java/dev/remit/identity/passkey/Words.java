package dev.remit.identity.passkey;

import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.util.exception.WebAuthnException;
import com.webauthn4j.verifier.exception.BadAlgorithmException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;

/** What the library objects to, in our words. */
final class Words {

  private Words() {}

  static String of(WebAuthnException e) {
    return switch (e) {
      case UserNotVerifiedException _ ->
          "the key did not verify its user: use its PIN or biometrics";
      case UserNotPresentException _ -> "the key did not feel its user";
      case BadRpIdException _ -> "the key is for another site";
      case BadSignatureException _ -> "the signature is wrong";
      case BadAlgorithmException _ -> "the key is of a kind that is not taken here";
      case DataConversionException _ -> "what the key sent cannot be understood";
      default -> "what the key sent does not hold";
    };
  }
}
