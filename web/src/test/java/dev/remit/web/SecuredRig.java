package dev.remit.web;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Authenticator.Unavailable;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.Value;
import dev.remit.identity.spiffe.Bundles;
import dev.remit.identity.spiffe.FileBundles;
import dev.remit.identity.spiffe.OwnCertificate;
import dev.remit.identity.spiffe.SvidTls;
import dev.remit.identity.spiffe.SvidTrust;
import dev.remit.identity.spiffe.TrustDomain;
import dev.remit.identity.spiffe.X509Svids;
import dev.remit.identity.spiffe.soft.SoftTrustDomain;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** The machines' listener over TLS, with SVIDs of a trust domain whose bundle is a file. */
final class SecuredRig implements AutoCloseable {

  private static final String PROXY = "/proxy";

  final Instant now = Samples.NOW;
  final SoftTrustDomain domain = domain();
  final Bundles bundles = new Bundles();
  final OwnCertificate own;
  final Rig rig;
  private final Path folder;
  private final AtomicInteger looks = new AtomicInteger();
  private final X509Svids svids = new X509Svids(bundles);
  private volatile Instant time = now;

  SecuredRig(Path folder) throws IOException {
    this.folder = folder;
    publish(domain, 1);
    bundles.with(
        new TrustDomain(domain.name(), "remit", Set.of(Environment.PRODUCTION), TrustDomain.USUAL),
        new FileBundles(folder.resolve("bundle.json")));
    bundles.refresh(now);
    show("/remit");
    own = OwnCertificate.of(folder.resolve("own.pem"), folder.resolve("own.key"));
    var secured =
        new Secured(
            WireConfig.Listener.loopback(0),
            resuming(new SvidTrust(svids, this::looked, List.of())),
            chain ->
                svids.check(chain, time) instanceof X509Svids.Proven proven
                    && proven.id().path().equals(PROXY));
    rig =
        new Rig(
            WireConfig.loopback(0, 0).with(Rig.QUICK).with(secured),
            Optional.of((presented, at) ->
                presented.certificates().isEmpty()
                    ? new Refused("no certificate")
                    : switch (svids.check(presented.certificates(), time)) {
                      case X509Svids.Proven(SpiffeId id, _, _, _) ->
                          id.path().equals(PROXY)
                              ? new Refused("a proxy is nobody")
                              : new Authenticated(Samples.agent("agent-one"));
                      case X509Svids.Refused(String detail) -> new Refused(detail);
                      case X509Svids.Unavailable(String detail) -> new Unavailable(detail);
                    }));
  }

  /**
   * Sessions that the server keeps are resumed. Those in tickets, as servers have it otherwise, the
   * JDK does not resume here: each connection makes a whole handshake.
   */
  private SSLContext resuming(X509ExtendedTrustManager trust) {
    var tickets = "jdk.tls.server.enableSessionTicketExtension";
    System.setProperty(tickets, "false");
    try {
      return SvidTls.context(List.of(own), trust);
    } finally {
      System.clearProperty(tickets);
    }
  }

  /** The trust manager asks for the time once for each chain that it looks at. */
  private Instant looked() {
    looks.incrementAndGet();
    return time;
  }

  /** How many chains handshakes have looked at; a session that is resumed shows none. */
  int looks() {
    return looks.get();
  }

  /** Time goes on. */
  void passes(Duration duration) {
    time = time.plus(duration);
  }

  private SoftTrustDomain domain() {
    return SoftTrustDomain.of("agents.example", now.minusSeconds(60), Duration.ofDays(1));
  }

  /** Another root of the same name. */
  SoftTrustDomain next() {
    return domain();
  }

  void publish(SoftTrustDomain of, long sequence) throws IOException {
    Files.write(folder.resolve("bundle.json"), Json.bytes(of.bundle(sequence)));
  }

  void publishNothing() throws IOException {
    Files.write(
        folder.resolve("bundle.json"),
        Json.bytes(domain.bundle(9).with("keys", Value.texts(List.of()))));
  }

  /** Puts another certificate of the listener's into its files. */
  void show(String path) throws IOException {
    var own = domain.svid(path, now, now.plusSeconds(3600));
    Files.writeString(folder.resolve("own.pem"), own.chainPem(), StandardCharsets.US_ASCII);
    Files.writeString(folder.resolve("own.key"), own.keyPem(), StandardCharsets.US_ASCII);
  }

  SoftTrustDomain.Svid svid(String path) {
    return svid(path, Duration.ofHours(1));
  }

  SoftTrustDomain.Svid svid(String path, Duration life) {
    return domain.svid(path, now, now.plus(life));
  }

  /** A client with this SVID, or with none. */
  SSLContext client(Optional<SoftTrustDomain.Svid> svid) {
    try {
      var keys = KeyManagerFactory.getInstance("PKIX");
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      if (svid.isPresent()) {
        store.setKeyEntry(
            "svid",
            svid.get().key().getPrivate(),
            new char[0],
            svid.get().chain().toArray(X509Certificate[]::new));
      }
      keys.init(store, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), ALL, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An open connection. */
  SSLSocket connect(SSLContext context, String protocol) throws IOException {
    var url = java.net.URI.create(rig.web.securedUrl().orElseThrow());
    var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", url.getPort());
    socket.setEnabledProtocols(new String[] {protocol});
    socket.setSoTimeout(5000);
    return socket;
  }

  /** Asks for a task that is not there: 404 tells a proven agent, 401 nobody. */
  int ask(SSLSocket socket, String... headers) throws IOException {
    var request = new StringBuilder();
    request
        .append("GET /v1/tasks/00000000-0000-4000-8000-000000000001 HTTP/1.1\r\nHost: 127.0.0.1:")
        .append(socket.getPort())
        .append("\r\n");
    for (var header : headers) {
      request.append(header).append("\r\n");
    }
    socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    var in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + head);
      }
      head.append((char) next);
    }
    var length = java.util.regex.Pattern.compile("(?i)content-length: *([0-9]+)").matcher(head);
    in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return Integer.parseInt(head.substring(9, 12));
  }

  @Override
  public void close() {
    rig.close();
  }

  private static final javax.net.ssl.TrustManager[] ALL = {new Everybody()};

  /** The server is believed as it is: these tests look at what the server believes. */
  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] c, String t, java.net.Socket s) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String t, java.net.Socket s) {}

    @Override
    public void checkClientTrusted(X509Certificate[] c, String t, javax.net.ssl.SSLEngine e) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String t, javax.net.ssl.SSLEngine e) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
