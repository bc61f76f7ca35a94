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
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.List;

/** A Workload API on a unix socket: it tells the bundle of one trust domain, or says nothing. */
final class FakeWorkloadApi extends SpiffeWorkloadAPIImplBase implements AutoCloseable {

  private final EpollEventLoopGroup threads = new EpollEventLoopGroup(1);
  private final Server server;
  private final Path socket;
  private volatile SoftTrustDomain domain;
  private volatile TestKey key;
  private volatile boolean isSilent;

  FakeWorkloadApi(Path folder, SoftTrustDomain domain, TestKey key) throws IOException {
    this.domain = domain;
    this.key = key;
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

  String address() {
    return "unix:" + socket;
  }

  void rotates(SoftTrustDomain next, TestKey nextKey) {
    domain = next;
    key = nextKey;
  }

  void fallsSilent() {
    isSilent = true;
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
    var keys = Value.object("keys", List.of(key.with("use", "jwt-svid").jwk()));
    out.onNext(
        Workload.JWTBundlesResponse.newBuilder()
            .putBundles("spiffe://" + domain.name(), ByteString.copyFrom(Json.bytes(keys)))
            .build());
  }

  @Override
  public void close() {
    server.shutdownNow();
    threads
        .shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS)
        .awaitUninterruptibly(5, java.util.concurrent.TimeUnit.SECONDS);
  }
}
