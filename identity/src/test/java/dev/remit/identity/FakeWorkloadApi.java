package dev.remit.identity;

import com.google.protobuf.ByteString;
import dev.remit.core.value.Value;
import dev.remit.identity.spiffe.soft.SoftTrustDomain;
import dev.remit.json.Json;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.StreamObserver;
import io.spiffe.workloadapi.grpc.SpiffeWorkloadAPIGrpc.SpiffeWorkloadAPIImplBase;
import io.spiffe.workloadapi.grpc.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Workload API on a unix socket (SPIFFE Workload API, section 5): it tells the bundle of one
 * trust domain and hands out one certificate, or says nothing. Linux only.
 */
public final class FakeWorkloadApi extends SpiffeWorkloadAPIImplBase implements AutoCloseable {

  private final EpollEventLoopGroup threads = new EpollEventLoopGroup(1);
  private final Server server;
  private final Path socket;
  private volatile SoftTrustDomain domain;
  private volatile Value.Obj jwtKey;
  private volatile boolean isSilent;
  private @Nullable Handed handed; // guarded by this
  private Optional<StreamObserver<Workload.X509SVIDResponse>> listener =
      Optional.empty(); // guarded by this

  /** What a workload gets. */
  private record Handed(String path, SoftTrustDomain.Svid svid) {}

  /** Serves at {@code api.sock} in the folder; {@code jwtKey} is the public key of JWT-SVIDs. */
  public FakeWorkloadApi(Path folder, SoftTrustDomain domain, Value.Obj jwtKey) throws IOException {
    this.domain = domain;
    this.jwtKey = jwtKey;
    this.socket = folder.resolve("api.sock");
    this.server =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(threads)
            .workerEventLoopGroup(threads)
            .addService(this)
            .build()
            .start();
  }

  /** Where clients find it. */
  public String address() {
    return "unix:" + socket;
  }

  /** Tells another bundle from now on. */
  public void rotates(SoftTrustDomain next, Value.Obj nextJwtKey) {
    domain = next;
    jwtKey = nextJwtKey;
  }

  /** Answers nothing about X.509 bundles from now on. */
  public void fallsSilent() {
    isSilent = true;
  }

  /** The workload's certificate from now on, for this path of the trust domain. */
  public synchronized void hands(String path, SoftTrustDomain.Svid svid) {
    handed = new Handed(path, svid);
    listener.ifPresent(this::tell);
  }

  @Override
  public synchronized void fetchX509SVID(
      Workload.X509SVIDRequest request, StreamObserver<Workload.X509SVIDResponse> out) {
    listener = Optional.of(out);
    tell(out);
  }

  private synchronized void tell(StreamObserver<Workload.X509SVIDResponse> out) {
    var known = handed;
    if (known == null) {
      return;
    }
    try {
      var chain = new ByteArrayOutputStream();
      for (var certificate : known.svid().chain()) {
        chain.writeBytes(certificate.getEncoded());
      }
      out.onNext(
          Workload.X509SVIDResponse.newBuilder()
              .addSvids(
                  Workload.X509SVID
                      .newBuilder()
                      .setSpiffeId("spiffe://" + domain.name() + known.path())
                      .setX509Svid(ByteString.copyFrom(chain.toByteArray()))
                      .setX509SvidKey(
                          ByteString.copyFrom(known.svid().key().getPrivate().getEncoded()))
                      .setBundle(ByteString.copyFrom(domain.root().getEncoded())))
              .build());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void fetchX509Bundles(
      Workload.X509BundlesRequest request, StreamObserver<Workload.X509BundlesResponse> out) {
    if (isSilent) {
      return;
    }
    try {
      out.onNext(
          Workload.X509BundlesResponse.newBuilder()
              .putBundles(
                  "spiffe://" + domain.name(), ByteString.copyFrom(domain.root().getEncoded()))
              .build());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void fetchJWTBundles(
      Workload.JWTBundlesRequest request, StreamObserver<Workload.JWTBundlesResponse> out) {
    var keys = Value.object("keys", List.of(jwtKey));
    out.onNext(
        Workload.JWTBundlesResponse.newBuilder()
            .putBundles("spiffe://" + domain.name(), ByteString.copyFrom(Json.bytes(keys)))
            .build());
  }

  @Override
  public void close() {
    server.shutdownNow();
    threads.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
