package dev.remit.identity.spiffe;

import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.SigningAlgorithm;
import dev.remit.identity.VerificationKey;
import io.spiffe.bundle.jwtbundle.JwtBundle;
import io.spiffe.bundle.x509bundle.X509Bundle;
import io.spiffe.exception.BundleNotFoundException;
import io.spiffe.exception.JwtBundleException;
import io.spiffe.exception.SocketEndpointAddressException;
import io.spiffe.exception.X509BundleException;
import io.spiffe.spiffeid.TrustDomain;
import io.spiffe.workloadapi.DefaultWorkloadApiClient;
import io.spiffe.workloadapi.DefaultWorkloadApiClient.ClientOptions;
import io.spiffe.workloadapi.WorkloadApiClient;
import java.io.IOException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A trust domain's bundle from the Workload API on this machine, its own or one that its server
 * federates with (SPIFFE Workload API, sections 5.2.2 and 6.2.2).
 *
 * <p>It is asked every few seconds and not only listened to: a stream that says nothing looks the
 * same whether nothing changed or nobody is there.
 */
public final class WorkloadApiBundles implements BundleSource {

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int FEWEST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;
  private static final int EC_BITS = 256;

  private final TrustDomain trustDomain;
  private final WorkloadApiClient client;
  private final Duration timeout;

  /**
   * Asks the Workload API at this address for the bundle of a trust domain.
   *
   * @param address such as {@code unix:/run/spire/agent/api.sock}
   */
  public WorkloadApiBundles(String address, String trustDomain, Duration timeout) {
    this.trustDomain = TrustDomain.parse(trustDomain);
    this.timeout = timeout;
    try {
      client =
          DefaultWorkloadApiClient.newClient(
              ClientOptions.builder().spiffeSocketPath(address).build());
    } catch (SocketEndpointAddressException | IllegalArgumentException e) {
      throw new InvalidValueException(
          "`" + address + "` is no address of a workload api; write unix:/path or tcp:ip:port");
    }
  }

  @Override
  public Fetched fetch() {
    var answer = new CompletableFuture<Fetched>();
    var asking = Thread.ofVirtual().start(() -> answer.complete(ask()));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException e) {
      asking.interrupt();
      return new Away("the workload api did not answer in time");
    } catch (InterruptedException e) {
      asking.interrupt();
      Thread.currentThread().interrupt();
      return new Away("interrupted while asking the workload api");
    }
  }

  private Fetched ask() {
    try {
      X509Bundle roots = client.fetchX509Bundles().getBundleForTrustDomain(trustDomain);
      JwtBundle keys = client.fetchJwtBundles().getBundleForTrustDomain(trustDomain);
      return new Found(
          BundleReader.of(
              roots.getX509Authorities(),
              keys.getJwtAuthorities().entrySet().stream()
                  .map(key -> key(key.getKey(), key.getValue()))
                  .toList(),
              Optional.empty(),
              Bundle.USUAL_REFRESH));
    } catch (BundleNotFoundException e) {
      return new Away("the workload api has no bundle of this trust domain");
    } catch (X509BundleException | JwtBundleException | RuntimeException e) {
      return new Away("the workload api cannot be reached or answers wrongly");
    }
  }

  private static VerificationKey key(String kid, PublicKey key) {
    Set<SigningAlgorithm> algorithms =
        switch (key) {
          case ECPublicKey ec when ec.getParams().getCurve().getField().getFieldSize() == EC_BITS ->
              Set.of(SigningAlgorithm.ES256);
          case RSAPublicKey rsa
              when rsa.getModulus().bitLength() >= FEWEST_RSA_BITS
                  && rsa.getModulus().bitLength() <= MOST_RSA_BITS ->
              Set.of(SigningAlgorithm.RS256, SigningAlgorithm.PS256);
          default -> Set.of();
        };
    return new VerificationKey(kid, key, algorithms);
  }

  @Override
  public Duration pause(Bundle bundle) {
    return PAUSE;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      // Nothing is left that could be done with it.
    }
  }
}
