package dev.remit.evidence;

import dev.remit.log.Ed25519Signer;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.LogVerifier;
import dev.remit.log.MlDsa44CosignatureVerifier;
import dev.remit.log.MlDsa44Cosigner;
import dev.remit.log.NoteVerifier;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A signing key as a file: its verifier key on the first line, then the private key as PKCS#8 in
 * PEM (RFC 7468, which lets text stand before it). One file, so that a crash cannot part the two.
 */
final class KeyFile {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
  private static final String END = "-----END PRIVATE KEY-----\n";

  private KeyFile() {}

  static String text(Ed25519Signer signer) {
    return text(signer.verifier(), signer.toPkcs8());
  }

  static String text(MlDsa44Cosigner signer) {
    return text(signer.verifier(), signer.toPkcs8());
  }

  private static String text(NoteVerifier verifier, byte[] pkcs8) {
    String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
    return verifier + "\n" + BEGIN + pem + "\n" + END;
  }

  /** Empty when the file is damaged; what is wrong with it is not told, it holds a key. */
  static Optional<Ed25519Signer> parse(String text) {
    return parse(
        text, (line, pkcs8) -> Ed25519Signer.fromPkcs8(Ed25519Verifier.parse(line), pkcs8));
  }

  /** As {@link #parse(String)}, of the other kind. */
  static Optional<MlDsa44Cosigner> parseMlDsa44(String text) {
    return parse(
        text,
        (line, pkcs8) ->
            LogVerifier.parse(line) instanceof MlDsa44CosignatureVerifier verifier
                ? MlDsa44Cosigner.forLog(verifier, pkcs8)
                : refuse());
  }

  private static MlDsa44Cosigner refuse() {
    throw new InvalidLogDataException("this is a key of another kind");
  }

  private static <T> Optional<T> parse(String text, BiFunction<String, byte[], T> of) {
    int newline = text.indexOf('\n');
    String rest = text.substring(newline + 1);
    if (newline < 0 || !rest.startsWith(BEGIN) || !rest.endsWith(END)) {
      return Optional.empty();
    }
    try {
      byte[] pkcs8 =
          Base64.getMimeDecoder()
              .decode(rest.substring(BEGIN.length(), rest.length() - END.length()));
      return Optional.of(of.apply(text.substring(0, newline), pkcs8));
    } catch (InvalidLogDataException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
