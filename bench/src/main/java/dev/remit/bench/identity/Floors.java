package dev.remit.bench.identity;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.util.OptionalDouble;

/** Plain verification of a signature over a token's bytes, with nothing around it. */
final class Floors {

  private Floors() {}

  /** The median in microseconds by one provider; empty where it does not have the algorithm. */
  static OptionalDouble verify(Signer signer, Provider provider, byte[] bytes, int times)
      throws GeneralSecurityException {
    if (provider.getService("Signature", signer.jca()) == null) {
      return OptionalDouble.empty();
    }
    byte[] signature = signer.sign(bytes);
    var key = signer.pair().getPublic();
    return OptionalDouble.of(
        Timed.median(
            times,
            i -> {
              var verifier = Signature.getInstance(signer.jca(), provider);
              verifier.initVerify(key);
              verifier.update(bytes);
              return verifier.verify(signature);
            }));
  }
}
