package dev.remit.evidence;

import dev.remit.log.Ed25519Signer;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.InvalidLogDataException;
import java.util.Base64;
import java.util.Optional;

/**
 * A signing key as a file: its verifier key on the first line, then the private key as PKCS#8 in
 * PEM (RFC 7468, which lets text stand before it). One file, so that a crash cannot part the two.
 */
final class KeyFile {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
  private static final String END = "-----END PRIVATE KEY-----\n";

  private KeyFile() {}

  static String text(Ed25519Signer signer) {
    String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(signer.toPkcs8());
    return signer.verifier() + "\n" + BEGIN + pem + "\n" + END;
  }

  /** Empty when the file is damaged; what is wrong with it is not told, it holds a key. */
  static Optional<Ed25519Signer> parse(String text) {
    int newline = text.indexOf('\n');
    String rest = text.substring(newline + 1);
    if (newline < 0 || !rest.startsWith(BEGIN) || !rest.endsWith(END)) {
      return Optional.empty();
    }
    try {
      byte[] pkcs8 =
          Base64.getMimeDecoder()
              .decode(rest.substring(BEGIN.length(), rest.length() - END.length()));
      return Optional.of(
          Ed25519Signer.fromPkcs8(Ed25519Verifier.parse(text.substring(0, newline)), pkcs8));
    } catch (InvalidLogDataException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
