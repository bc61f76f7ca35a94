package dev.remit.evidence;

import dev.remit.log.Ed25519Cosigner;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.MlDsa44Cosigner;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** Two witnesses of the client, one at its auditor's with a key of the newer kind, and policies. */
final class Witnesses {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:30:00Z"));

  static final Ed25519Cosigner ONE = cosigner("harbor-dental.example/one");
  static final Ed25519Cosigner TWO = cosigner("harbor-dental.example/two");
  static final MlDsa44Cosigner AUDITOR =
      MlDsa44Cosigner.generate(new KeyName("auditor.example/w"), new SecureRandom(), CLOCK);

  private Witnesses() {}

  static Ed25519Cosigner cosigner(String name) {
    var key = Ed25519Signer.generate(new KeyName(name), new SecureRandom());
    return new Ed25519Cosigner(key, CLOCK);
  }

  /** One of the client's two witnesses is enough. */
  static String anyOfTwo() {
    return "# harbor dental\n"
        + "log "
        + SampleLog.SIGNER.verifier()
        + "\nwitness one "
        + ONE.verifier()
        + "\nwitness two "
        + TWO.verifier()
        + " https://two.example/\ngroup ours any one two\nquorum ours\n";
  }

  /** Both of the client's witnesses have to have cosigned. */
  static String bothOfTwo() {
    return anyOfTwo().replace("ours any", "ours all");
  }

  /** The auditor's witness has to have cosigned. */
  static String auditor() {
    return "log "
        + SampleLog.SIGNER.verifier()
        + "\nwitness auditor "
        + AUDITOR.verifier()
        + "\nquorum auditor\n";
  }
}
