package dev.remit.server.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.identity.Organisation;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.tenant.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail as a real server takes it (Debian's {@code python3-aiosmtpd}). */
class MailChannelTest {

  private static final Path AIOSMTPD = Path.of("/usr/bin/aiosmtpd");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;

  private static Notice notice() {
    return new Notice(
        "p-1.approval.asked",
        NoticeKind.ASKED,
        new TenantId("harbor-dental"),
        "p-1",
        "call",
        Proposal.State.OPEN,
        NOW.plusSeconds(1_800),
        "http://localhost:8471/console/card/harbor-dental/p-1");
  }

  private static MailChannel channel(String host, int port, String... to) {
    return new MailChannel(
        "mail",
        new Organisation.Msp(),
        Optional.empty(),
        new MailChannel.Server(host, port, "remit@msp.example", Optional.empty()),
        List.of(to));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aRealServerTakesTheMailAndItHoldsNothingButTheLink() throws Exception {
    boolean isThere = Files.isExecutable(AIOSMTPD);
    assertThat(isThere || !"true".equals(System.getenv("CI"))).as("aiosmtpd is there").isTrue();
    Assumptions.assumeTrue(isThere, "aiosmtpd is not installed");
    int port = freePort();
    var mailbox = folder.resolve("mail");
    var server =
        new ProcessBuilder(
                AIOSMTPD.toString(),
                "-n",
                "-l",
                "127.0.0.1:" + port,
                "-c",
                "aiosmtpd.handlers.Mailbox",
                mailbox.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      await(server, port);
      var channel = channel("127.0.0.1", port, "ann@msp.example", "bo@msp.example");
      assertThat(channel.tell(notice(), NOW)).isTrue();
      assertThat(channel.tell(notice(), NOW)).isTrue();
      var mails = mails(mailbox);
      assertThat(mails).hasSize(2);
      for (var mail : mails) {
        assertThat(mail)
            .contains("Message-ID: <p-1.approval.asked@msp.example>")
            .contains("Auto-Submitted: auto-generated")
            .contains("Subject: Remit: an answer is wanted for harbor-dental")
            .contains("X-RcptTo: ann@msp.example, bo@msp.example")
            .contains("http://localhost:8471/console/card/harbor-dental/p-1");
      }
    } finally {
      server.destroy();
      assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static List<String> mails(Path mailbox) throws IOException {
    try (var files = Files.list(mailbox.resolve("new"))) {
      return files.map(MailChannelTest::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(Process server, int port) throws InterruptedException {
    for (int i = 0; i < 100 && server.isAlive(); i++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return;
      } catch (IOException e) {
        boolean _ = server.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    throw new AssertionError("the mail server did not start");
  }

  @Test
  void aServerThatIsAwayIsTriedAgain() throws IOException {
    assertThat(channel("127.0.0.1", freePort(), "ann@msp.example").tell(notice(), NOW)).isFalse();
  }

  @Test
  void anAddressThatIsNoneGetsNoMail() throws IOException {
    int port = freePort();
    for (var to : List.of("", "a b", "ann@msp.example\r\nBcc: all@evil.example")) {
      assertThat(channel("127.0.0.1", port, to).tell(notice(), NOW)).isFalse();
    }
  }
}
