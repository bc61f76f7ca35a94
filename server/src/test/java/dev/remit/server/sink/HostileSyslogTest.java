package dev.remit.server.sink;

import static dev.remit.server.sink.MemoryLog.HARBOR;
import static dev.remit.server.sink.MemoryLog.NORTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.json.Json;
import dev.remit.testkit.ManualClock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real receiver of RFC 5425 that does what it likes. */
class HostileSyslogTest {

  private enum Mood {
    GOOD,
    SLOW,
    HANG,
    RESET_IN_A_FRAME,
    END_WITHOUT_NOTICE
  }

  @TempDir private Path folder;
  private final MemoryLog log = new MemoryLog();
  private final ManualClock clock = new ManualClock(MemoryLog.NOW);
  private final Received received = new Received();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Supplier<Mood> mood = () -> Mood.GOOD;
  private volatile boolean asksForCertificate;
  private ServerSocket listener;
  private TestTls tls;
  private TestTls client;

  @BeforeEach
  void start() throws IOException {
    tls = TestTls.of(folder, "localhost");
    client = TestTls.of(folder, "remit.example");
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        var plain = listener.accept();
        Thread.startVirtualThread(() -> serve(plain));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  @SuppressWarnings("try") // it is closed underneath on purpose
  private void serve(Socket plain) {
    try (plain;
        var socket =
            (SSLSocket)
                tls.server(client)
                    .getSocketFactory()
                    .createSocket(plain, "localhost", plain.getPort(), true)) {
      socket.setUseClientMode(false);
      socket.setNeedClientAuth(asksForCertificate);
      socket.startHandshake();
      var in = new BufferedInputStream(socket.getInputStream());
      var now = mood.get();
      int frames = 0;
      while (readFrame(in, now == Mood.RESET_IN_A_FRAME && ++frames == 3)) {
        if (now == Mood.SLOW && ++frames % 50 == 0) {
          Thread.sleep(5);
        }
      }
      switch (now) {
        case HANG -> over.await();
        case END_WITHOUT_NOTICE -> plain.close();
        case RESET_IN_A_FRAME -> {
          plain.setSoLinger(true, 0);
          plain.close();
        }
        case GOOD, SLOW -> socket.close();
      }
    } catch (IOException e) {
      // the other side went away, which its own tests look at
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** MSG-LEN SP SYSLOG-MSG; false at the end, or when it stops in the middle. */
  private boolean readFrame(InputStream in, boolean isStopping) throws IOException {
    var length = new StringBuilder();
    int c;
    while ((c = in.read()) >= '0') {
      length.append((char) c);
    }
    if (c < 0 || isStopping) {
      return false;
    }
    assertThat(c).isEqualTo(' ');
    byte[] message = in.readNBytes(Integer.parseInt(length.toString()));
    if (message.length < Integer.parseInt(length.toString())) {
      return false;
    }
    String text = new String(message, StandardCharsets.UTF_8);
    int mark = text.indexOf('\uFEFF');
    heads.add(text.substring(0, mark));
    received.take(Json.parseObject(text.substring(mark + 1)));
    return true;
  }

  private Sink sink(String name, String host, boolean isLenient, int limitBytes) {
    return sink(name, host, isLenient, limitBytes, Duration.ofSeconds(15));
  }

  private Sink sink(
      String name, String host, boolean isLenient, int limitBytes, Duration deadline) {
    var context =
        SinkTls.of(
            Optional.of(tls.certificate()),
            Optional.of(client.certificate()),
            Optional.of(client.key()));
    var peer = new SyslogReceiver.Peer(host, listener.getLocalPort(), limitBytes, isLenient);
    return new Sink(
        new SinkSettings(name, Set.of(), new SyslogReceiver(peer, context, "remit-1")),
        log,
        log.events(),
        deadline,
        clock);
  }

  private Sink sink() {
    return sink("soc", "localhost", false, 65_536);
  }

  private Sink hasty(String name) {
    return sink(name, "localhost", false, 65_536, Duration.ofMillis(800));
  }

  @Test
  void messagesAreFramedInOrderWithTheFormOfRfc5424() {
    log.append(HARBOR, 450);
    sink().round();
    assertThat(log.next("soc", HARBOR)).isEqualTo(450);
    received.assertWhole(HARBOR, 450);
    assertThat(heads.getFirst()).isEqualTo("<110>1 2026-03-01T10:00:00Z remit-1 remit - intent - ");
  }

  @Test
  void aReceiverMayAskWhoWeAre() {
    asksForCertificate = true;
    log.append(HARBOR, 3);
    sink().round();
    assertThat(log.next("soc", HARBOR)).isEqualTo(3);
  }

  @Test
  void whateverItDoesNothingIsLostOrOutOfOrder() {
    var random = new Random(5);
    mood = () -> random.nextInt(3) > 0 ? Mood.GOOD : Mood.values()[1 + random.nextInt(4)];
    var sink = hasty("soc");
    for (int round = 0; round < 12; round++) {
      log.append(HARBOR, random.nextInt(60));
      log.append(NORTH, random.nextInt(60));
      sink.round();
      sink = random.nextInt(4) == 0 ? hasty("soc") : sink;
      clock.advance(Duration.ofMinutes(10));
    }
    mood = () -> Mood.GOOD;
    sink().round();
    assertThat(log.work("soc", Set.of())).isEmpty();
    received.assertWhole(HARBOR, log.next("soc", HARBOR));
    received.assertWhole(NORTH, log.next("soc", NORTH));
  }

  @Test
  void aConnectionThatEndsInAFrameAcknowledgesNothing() {
    mood = () -> Mood.RESET_IN_A_FRAME;
    log.append(HARBOR, 50);
    sink().round();
    assertThat(log.next("soc", HARBOR)).isZero();
  }

  @Test
  void theBareEndOfAConnectionAcknowledgesOnlyWhereThatIsConfigured() {
    mood = () -> Mood.END_WITHOUT_NOTICE;
    log.append(HARBOR, 2);
    sink().round();
    assertThat(log.next("soc", HARBOR)).isZero();
    sink("lenient", "localhost", true, 65_536).round();
    assertThat(log.next("lenient", HARBOR)).isEqualTo(2);
  }

  @Test
  void aReceiverThatHangsIsGivenUpInTimeAndOthersGoOn() {
    mood = () -> Mood.HANG;
    log.append(HARBOR, 2);
    var hung = hasty("hung");
    hung.round();
    assertThat(hung.state().failure()).contains("within");
    mood = () -> Mood.GOOD;
    sink().round();
    assertThat(log.next("soc", HARBOR)).isEqualTo(2);
    assertThat(log.next("hung", HARBOR)).isZero();
  }

  @Test
  void aReceiverOfAnotherNameIsToldNothing() {
    log.append(HARBOR, 2);
    sink("soc", "127.0.0.1", false, 65_536).round();
    assertThat(heads).isEmpty();
    assertThat(log.next("soc", HARBOR)).isZero();
  }

  @Test
  void aMessageThatIsTooLongLeavesTheLeafOut() {
    log.append(HARBOR, 1);
    sink("soc", "localhost", false, 10).round();
    received.assertWhole(HARBOR, 1);
    assertThat(log.next("soc", HARBOR)).isEqualTo(1);
  }
}
