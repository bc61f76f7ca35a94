package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client certificates over real TLS sockets: 404 is a proven agent's answer, 401 nobody's. */
class SecuredWireTest {

  private static final int PROVEN = 404;
  private static final int NOBODY = 401;
  private static final int WRONG = 400;
  private static final Duration LIFE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private SecuredRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new SecuredRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static String header(String name, X509Certificate certificate) {
    try {
      return name + ": :" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anSvidInTheHandshakeProvesItsWorkload(String protocol) throws IOException {
    try (var socket = rig.connect(rig.client(Optional.of(rig.svid("/desk"))), protocol)) {
      assertThat(rig.ask(socket)).isEqualTo(PROVEN);
    }
  }

  @Test
  void aClientWithoutACertificateIsNobodyYet() throws IOException {
    try (var socket = rig.connect(rig.client(Optional.empty()), "TLSv1.3")) {
      assertThat(rig.ask(socket)).isEqualTo(NOBODY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aCertificateOfAnotherRootEndsTheHandshake(String protocol) {
    var rogue = rig.next().svid("/desk", rig.now, rig.now.plusSeconds(60));
    assertThatThrownBy(
            () -> {
              try (var socket = rig.connect(rig.client(Optional.of(rogue)), protocol)) {
                rig.ask(socket);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aConnectionThatWasKeptAliveProvesNothingAfterItsRootIsGone(String protocol)
      throws IOException {
    try (var socket = rig.connect(rig.client(Optional.of(rig.svid("/desk"))), protocol)) {
      assertThat(rig.ask(socket)).isEqualTo(PROVEN);
      rig.publish(rig.next(), 2);
      rig.bundles.refresh(rig.now.plusSeconds(60));
      assertThat(rig.ask(socket)).isEqualTo(NOBODY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aConnectionThatWasKeptAliveProvesNothingAfterItsSvidEnded(String protocol)
      throws IOException {
    var client = rig.client(Optional.of(rig.svid("/desk", LIFE)));
    try (var socket = rig.connect(client, protocol)) {
      assertThat(rig.ask(socket)).isEqualTo(PROVEN);
      rig.passes(LIFE.plusSeconds(1));
      assertThat(rig.ask(socket)).isEqualTo(NOBODY);
    }
  }

  /** No certificate is shown where a session is resumed, so none is looked at in the handshake. */
  private int askResumed(SSLContext client, String protocol) throws IOException {
    int looks = rig.looks();
    try (var socket = rig.connect(client, protocol)) {
      int answer = rig.ask(socket);
      assertThat(rig.looks()).as("the session was resumed").isEqualTo(looks);
      return answer;
    }
  }

  private SSLContext withSession(String protocol) throws IOException {
    var client = rig.client(Optional.of(rig.svid("/desk", LIFE)));
    try (var socket = rig.connect(client, protocol)) {
      assertThat(rig.ask(socket)).isEqualTo(PROVEN);
    }
    assertThat(rig.looks()).isEqualTo(1);
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSessionThatIsResumedProvesNothingAfterItsSvidEnded(String protocol) throws IOException {
    var client = withSession(protocol);
    assertThat(askResumed(client, protocol)).isEqualTo(PROVEN);
    rig.passes(LIFE.plusSeconds(1));
    assertThat(askResumed(client, protocol)).isEqualTo(NOBODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSessionThatIsResumedProvesNothingAfterItsRootIsGone(String protocol) throws IOException {
    var client = withSession(protocol);
    rig.publish(rig.next(), 2);
    rig.bundles.refresh(rig.now.plusSeconds(60));
    assertThat(askResumed(client, protocol)).isEqualTo(NOBODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSessionThatIsResumedProvesNothingAfterAllTrustIsTakenBack(String protocol)
      throws IOException {
    var client = withSession(protocol);
    rig.publishNothing();
    rig.bundles.refresh(rig.now.plusSeconds(60));
    assertThat(askResumed(client, protocol)).isEqualTo(NOBODY);
  }

  @Test
  void theListenersOwnCertificateIsReplacedWhileItRuns() throws Exception {
    assertThat(shownBy()).isEqualTo("spiffe://agents.example/remit");
    rig.show("/remit-again");
    rig.own.refresh();
    assertThat(shownBy()).isEqualTo("spiffe://agents.example/remit-again");
  }

  private String shownBy() throws Exception {
    try (var socket = rig.connect(rig.client(Optional.empty()), "TLSv1.3")) {
      var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return String.valueOf(leaf.getSubjectAlternativeNames().iterator().next().get(1));
    }
  }

  @Test
  void aListedProxyPassesItsClientsCertificateOn() throws IOException {
    var desk = rig.svid("/desk").chain().getFirst();
    try (var socket = rig.connect(rig.client(Optional.of(rig.svid("/proxy"))), "TLSv1.3")) {
      assertThat(rig.ask(socket, header("Client-Cert", desk))).isEqualTo(PROVEN);
      assertThat(rig.ask(socket)).as("the proxy is not its client").isEqualTo(NOBODY);
      assertThat(
              rig.ask(
                  socket,
                  header("Client-Cert", desk),
                  header("Client-Cert-Chain", rig.domain.root())))
          .isEqualTo(PROVEN);
    }
  }

  @Test
  void whatAProxyPassesOnIsCheckedLikeAnyOther() throws IOException {
    var rogue = rig.next().svid("/desk", rig.now, rig.now.plusSeconds(60)).chain().getFirst();
    try (var socket = rig.connect(rig.client(Optional.of(rig.svid("/proxy"))), "TLSv1.3")) {
      assertThat(rig.ask(socket, header("Client-Cert", rogue))).isEqualTo(NOBODY);
    }
  }

  @Test
  void nobodyElsesWordAboutACertificateCounts() throws IOException {
    var desk = header("Client-Cert", rig.svid("/desk").chain().getFirst());
    try (var socket = rig.connect(rig.client(Optional.of(rig.svid("/other"))), "TLSv1.3")) {
      assertThat(rig.ask(socket, desk)).isEqualTo(WRONG);
    }
    try (var socket = rig.connect(rig.client(Optional.empty()), "TLSv1.3")) {
      assertThat(rig.ask(socket, desk)).isEqualTo(WRONG);
      assertThat(rig.ask(socket, desk.replace("Client-Cert", "CLIENT-CERT"))).isEqualTo(WRONG);
      assertThat(rig.ask(socket, desk.replace("Client-Cert:", "Client-Cert-Chain:")))
          .isEqualTo(WRONG);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Client-Cert: MIIB",
        "Client-Cert: ::",
        "Client-Cert: :MIIB:",
        "Client-Cert: :****:",
        "Client-Cert: -----BEGIN CERTIFICATE-----",
        "Client-Cert-Chain: :MIIB:"
      })
  void aProxysHeaderIsOneCertificateOrWrong(String header) throws IOException {
    try (var socket = rig.connect(rig.client(Optional.of(rig.svid("/proxy"))), "TLSv1.3")) {
      assertThat(rig.ask(socket, header)).isEqualTo(WRONG);
    }
  }

  @Test
  void twoOfOneHeaderAreRefused() throws IOException {
    var desk = header("Client-Cert", rig.svid("/desk").chain().getFirst());
    try (var socket = rig.connect(rig.client(Optional.of(rig.svid("/proxy"))), "TLSv1.3")) {
      assertThat(rig.ask(socket, desk, desk)).isEqualTo(WRONG);
    }
  }
}
