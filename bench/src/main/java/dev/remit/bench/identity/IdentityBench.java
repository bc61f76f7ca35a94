package dev.remit.bench.identity;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.identity.TaskGrant;
import dev.remit.core.identity.TokenAuthority.Proven;
import dev.remit.core.identity.TokenAuthority.Statement;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Workloads' own tokens: one that was seen before, new ones, and bound ones with a new proof each,
 * on the crypto provider that the server uses; and task tokens given for them. One thread, no
 * network, no database and no log: what is measured is the proof alone.
 */
public final class IdentityBench {

  private static final int TOKENS = 2_000;
  private static final int CACHED = 100_000;
  private static final String HERE = "https://remit.example/mcp";
  private static final String ENDPOINT = "https://remit.example/oauth2/token";

  private final Consumer<String> log;

  public IdentityBench(Consumer<String> log) {
    this.log = log;
  }

  /** Measures all of it. */
  public IdentityFigures run() {
    try {
      return measure();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks a signature algorithm", e);
    }
  }

  private IdentityFigures measure() throws GeneralSecurityException {
    var figures = new IdentityFigures();
    var corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    corretto.assertHealthy();
    AmazonCorrettoCryptoProvider.install();
    var estate = new Estate();
    log.accept("plain verification");
    floor(figures, "jdk_es256", estate, estate.es256, Security.getProvider("SunEC"));
    floor(figures, "corretto_es256", estate, estate.es256, corretto);
    floor(figures, "jdk_ed25519", estate, estate.ed25519, Security.getProvider("SunEC"));
    floor(figures, "corretto_ed25519", estate, estate.ed25519, corretto);
    log.accept("tokens");
    var seen = estate.es256.token(estate.claims("seen"));
    figures.put("cached_us_p50", Timed.median(CACHED, i -> isProven(estate, bearer(seen))));
    figures.put("es256_us_p50", unseen(estate, estate.es256));
    figures.put("ed25519_us_p50", unseen(estate, estate.ed25519));
    log.accept("bound tokens and task tokens");
    var key = DpopKey.generate(new SecureRandom());
    var bound =
        estate.es256.token(
            estate.claims("bound").with("cnf", Value.object("jkt", key.thumbprint())));
    figures.put("dpop_us_p50", bound(estate, key, bound));
    figures.put("exchange_per_s", 1e6 / exchange(estate, key, bound));
    return figures;
  }

  private static void floor(
      IdentityFigures figures, String name, Estate estate, Signer signer, Provider provider)
      throws GeneralSecurityException {
    var token = signer.token(estate.claims("floor"));
    var bytes = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    Floors.verify(signer, provider, bytes, TOKENS)
        .ifPresent(micros -> figures.put(name + "_floor_us_p50", micros));
  }

  private static Presented bearer(String token) {
    return Presented.bearer(token, "POST", HERE);
  }

  private static boolean isProven(Estate estate, Presented presented) {
    return estate.authenticator.authenticate(presented, estate.now()) instanceof Authenticated;
  }

  private static double unseen(Estate estate, Signer signer) throws GeneralSecurityException {
    var tokens =
        IntStream.range(0, TOKENS)
            .mapToObj(i -> bearer(signer.token(estate.claims(signer.alg() + i))))
            .toList();
    return Timed.median(TOKENS, i -> isProven(estate, tokens.get(i)));
  }

  private static List<String> proofs(
      Estate estate, DpopKey key, String uri, Optional<String> token) {
    var nonce = Optional.of(estate.proofs.nonce(estate.now()));
    return IntStream.range(0, TOKENS)
        .mapToObj(i -> key.proof("POST", uri, token, nonce, estate.now()))
        .toList();
  }

  private static double bound(Estate estate, DpopKey key, String token)
      throws GeneralSecurityException {
    var shown = Optional.of(new Credential(Scheme.DPOP, token));
    var proofs = proofs(estate, key, HERE, Optional.of(token));
    return Timed.median(
        TOKENS,
        i ->
            isProven(
                estate, new Presented(shown, Optional.of(proofs.get(i)), "POST", HERE, List.of())));
  }

  /** A subject's bound token and a proof become a task token. */
  private static double exchange(Estate estate, DpopKey key, String token)
      throws GeneralSecurityException {
    var subject = Optional.of(new Statement(Statement.Kind.TOKEN, token));
    var proofs = proofs(estate, key, ENDPOINT, Optional.empty());
    return Timed.median(
        TOKENS,
        i -> {
          var asked =
              new Presented(
                  Optional.empty(), Optional.of(proofs.get(i)), "POST", ENDPOINT, List.of());
          if (!(estate.authority.prove(asked, subject, estate.now())
              instanceof Proven(var caller, var binding))) {
            return false;
          }
          var grant =
              new TaskGrant(
                  caller.instance().value(),
                  List.of(Estate.AGENT.text()),
                  Value.object("type", "msp_task", "task", "t-1"),
                  "t-1",
                  Estate.AGENT,
                  binding,
                  estate.now().plus(Duration.ofHours(1)));
          return !estate.authority.issue(grant, estate.now()).token().isEmpty();
        });
  }
}
