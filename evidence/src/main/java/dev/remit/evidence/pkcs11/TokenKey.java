package dev.remit.evidence.pkcs11;

import java.nio.file.Path;

/**
 * Where a key lies: a PKCS#11 module, a token by its label, a key pair on it by its label.
 *
 * <p>Each label has to fit exactly one thing; two of a name are refused, not chosen from.
 */
public record TokenKey(Path module, String token, String label) {

  public TokenKey {
    if (token.isEmpty() || label.isEmpty()) {
      throw new CryptokiException("name the token and the key by their labels");
    }
  }
}
