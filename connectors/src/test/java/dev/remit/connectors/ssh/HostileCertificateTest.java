package dev.remit.connectors.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.connectors.ssh.Authority.Claims;
import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.lease.Broker;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a certificate, a thief, a wrong host or a damaged list can and cannot do. */
final class HostileCertificateTest {
  private final Instant later = SshFixture.CLOCK.instant().plusSeconds(120);

  @SuppressWarnings("NullAway.Init") // set before each test
  private SshFixture it;

  private final Links links = new Links();
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    it = SshFixture.shared();
  }

  @AfterEach
  void close() {
    links.close();
  }

  private Authority authority(Path key, String source) {
    return new Authority(
        () -> SshFixture.read(key),
        List.of(source),
        Duration.ofSeconds(30),
        new SecureRandom(),
        SshFixture.CLOCK);
  }

  private static Claims claims(String principal, Instant end) {
    return new Claims("remit_test", Serials.of("t", end), principal, "exec echo forced", end);
  }

  private String login(Authority authority, Claims claims, Host host) {
    return CertificateBrokerTest.login(
        links, host, authority.certify(authority.ephemeral(), claims), "id");
  }

  @Test
  void aGoodCertificateRunsItsCommandWhateverIsAskedFor() {
    var good = authority(it.authority, "127.0.0.1/32");
    assertThat(login(good, claims("remit@web1", later), it.web1.host("harbor")))
        .isEqualTo("forced\n");
  }

  @Test
  void theLibrarysProviderServesNobodyElse() {
    authority(it.authority, "127.0.0.1/32").ephemeral();
    assertThat(Security.getProvider("BC")).isNull();
  }

  @Test
  void hostileCase01ACertificateForAnotherHostIsRefused() {
    var good = authority(it.authority, "127.0.0.1/32");
    assertThat(login(good, claims("remit@web1", later), it.web2.host("northwind")))
        .isEqualTo("REFUSED");
    assertThat(login(good, claims("root", later), it.web1.host("harbor"))).isEqualTo("REFUSED");
  }

  @Test
  void anotherInstallationsAuthorityIsRefused() {
    var other = authority(SshFixture.authority(), "127.0.0.1/32");
    assertThat(login(other, claims("remit@web1", later), it.web1.host("harbor")))
        .isEqualTo("REFUSED");
  }

  @Test
  void anExpiredCertificateIsRefused() {
    var good = authority(it.authority, "127.0.0.1/32");
    var past = SshFixture.CLOCK.instant().minusSeconds(2);
    assertThat(login(good, claims("remit@web1", past), it.web1.host("harbor")))
        .isEqualTo("REFUSED");
  }

  @Test
  void aCertificateFromAnotherAddressIsRefused() {
    var elsewhere = authority(it.authority, "192.0.2.7/32");
    assertThat(login(elsewhere, claims("remit@web1", later), it.web1.host("harbor")))
        .isEqualTo("REFUSED");
  }

  @Test
  void withTheOfficialClientNothingButTheCommandCanBeHad() throws IOException {
    var good = authority(it.authority, "127.0.0.1/32");
    var key = folder.resolve("key");
    SshdHost.keygen("-t", "ed25519", "-N", "", "-f", key.toString());
    var certified =
        good.certify(HostKeys.parsePrivate(SshFixture.read(key)), claims("remit@web1", later));
    Files.writeString(Path.of(key + "-cert.pub"), PublicKeyEntry.toString(certified.getPublic()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(ssh(key, "id")).isEqualTo("forced\n0");
    assertThat(ssh(key, "-tt")).contains("PTY allocation request failed");
    assertThat(ssh(key, "-s", "sftp")).isEqualTo("forced\n0");
    assertThat(ssh(key, "-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1"))
        .contains("remote port forwarding failed");
    assertThat(ssh(key, "-W", "127.0.0.1:" + it.web2.port())).contains("stdio forwarding failed");
  }

  private String ssh(Path key, String... words) throws IOException {
    var known = folder.resolve("known");
    Files.writeString(known, "[127.0.0.1]:" + it.web1.port() + " " + it.web1.key() + "\n");
    var all =
        new ArrayList<>(
            List.of(
                "-F",
                "none",
                "-i",
                key.toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + known,
                "-o",
                "LogLevel=ERROR",
                "-p",
                "" + it.web1.port(),
                "-l",
                SshdHost.ACCOUNT));
    var options = List.of(words);
    boolean isCommand = !options.getFirst().startsWith("-");
    if (!isCommand) {
      all.addAll(options.getFirst().equals("-s") ? List.of("-s") : options);
    }
    all.add("127.0.0.1");
    if (isCommand || options.getFirst().equals("-s")) {
      all.add(options.getLast());
    }
    return SshdHost.run("ssh", all.toArray(String[]::new));
  }

  @Test
  void aHostWithAnotherKeyIsNoHostOfOurs() {
    var wrong = it.web1.host("harbor", it.web1.port(), it.web2.key(), true);
    try (var connector = it.connector(List.of(wrong), SshFixture.printing())) {
      var lease = SshFixture.lease(connector, SshFixture.printing(), "k");
      assertThat(connector.broker().issue(lease))
          .isEqualTo(new Broker.NotMade("the key of host `web1` is not the pinned one"));
      var inventory =
          SshFixture.issue(connector, SshFixture.lease("i", connector.readScope(), later));
      assertThat(connector.inventory("server", inventory)).isEmpty();
      assertThat(connector.read(ref("web1"), inventory)).isEmpty();
    }
  }

  @Test
  void aKeyThatChangesBetweenLeaseAndCallRunsNothing() {
    var relay = new Relay(it.web1.port());
    try (relay;
        var connector =
            it.connector(
                List.of(it.web1.host("harbor", relay.port(), it.web1.key(), true)),
                SshFixture.printing())) {
      var lease = SshFixture.lease(connector, SshFixture.printing(), "m" + System.nanoTime());
      var credential = SshFixture.issue(connector, lease);
      relay.leadTo(it.web2.port());
      var execution =
          connector.execute(
              SshFixture.request(SshFixture.printing(), "text", "x"),
              credential,
              () -> false,
              new Cut());
      assertThat(execution)
          .isEqualTo(new Execution.Failed("the key of host `web1` is not the pinned one"));
      assertThat(connector.broker().revoke(lease, Optional.of(credential)))
          .isInstanceOf(Broker.Lingering.class);
    }
  }

  private static TargetRef ref(String name) {
    return new TargetRef(SshFixture.LINUX, "server", name);
  }

  @Test
  void theInventoryIsWhatProvesItsKey() {
    var hosts = List.of(it.web1.host("harbor"), it.web2.host("northwind"));
    try (var connector = it.connector(hosts)) {
      var credential =
          SshFixture.issue(connector, SshFixture.lease("i", connector.readScope(), later));
      assertThat(connector.inventory("server", credential))
          .extracting(reading -> reading.ref().id() + "@" + reading.owner())
          .containsExactly("web1@harbor", "web2@northwind");
      var reading = connector.read(ref("web1"), credential).orElseThrow();
      assertThat(reading.attributes().text("key").orElse("")).startsWith("SHA256:");
      assertThat(connector.read(ref("web9"), credential)).isEmpty();
      assertThat(
              connector
                  .broker()
                  .revoke(
                      SshFixture.lease("i", connector.readScope(), later), Optional.of(credential)))
          .isInstanceOf(Broker.Gone.class);
    }
  }

  @Test
  void anInventoryLeaseRunsNothing() {
    try (var connector = it.connector(List.of(it.web1.host("harbor")), SshFixture.printing())) {
      var credential =
          SshFixture.issue(connector, SshFixture.lease("i", connector.readScope(), later));
      assertThat(
              connector.execute(
                  SshFixture.request(SshFixture.printing(), "text", "x"),
                  credential,
                  () -> false,
                  new Cut()))
          .isInstanceOf(Execution.Failed.class);
    }
  }

  @Test
  void aHostThatIsAwayOrNeverSpeaksIsAway() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var connector =
            it.connector(
                List.of(it.web1.host("harbor", silent.getLocalPort(), it.web1.key(), true)))) {
      var credential =
          SshFixture.issue(connector, SshFixture.lease("i", connector.readScope(), later));
      assertThatThrownBy(() -> connector.read(ref("web1"), credential))
          .isInstanceOf(VendorException.class);
    }
  }

  @Test
  void oneHostThatIsAwayTakesNoOtherWithIt() {
    var away = new Relay(it.web2.port());
    away.close();
    var hosts =
        List.of(it.web1.host("harbor"), it.web2.host("harbor", away.port(), it.web2.key(), true));
    try (var connector = it.connector(hosts, SshFixture.printing())) {
      var lease = SshFixture.lease(connector, SshFixture.printing(), "o" + System.nanoTime());
      var credential = SshFixture.issue(connector, lease);
      assertThat(credential.hosts()).extracting(Host::name).containsExactly("web1");
      assertThat(connector.broker().revoke(lease, Optional.of(credential)))
          .isInstanceOf(Broker.Gone.class);
      assertThat(connector.broker().revoke(lease, Optional.empty()))
          .isInstanceOf(Broker.Lingering.class);
    }
  }

  @Test
  void aMissingListDeniesEverybodyAndNothingIsMade() throws IOException {
    var list = Files.readAllBytes(it.web1.list());
    try (var connector = it.connector(List.of(it.web1.host("harbor")), SshFixture.printing())) {
      var lease = SshFixture.lease(connector, SshFixture.printing(), "n" + System.nanoTime());
      Files.delete(it.web1.list());
      assertThat(connector.broker().issue(lease)).isInstanceOf(Broker.NotMade.class);
      assertThat(connector.broker().revoke(lease, Optional.empty()))
          .isInstanceOf(Broker.Lingering.class);
    } finally {
      Files.write(it.web1.list(), list);
    }
  }

  @Test
  void revocationsAtTheSameTimeAreAllOnTheList() throws Exception {
    try (var one = it.connector(List.of(it.web2.host("harbor")), SshFixture.printing());
        var two = it.connector(List.of(it.web2.host("harbor")), SshFixture.printing());
        var pool = Executors.newFixedThreadPool(4)) {
      var work = new ArrayList<Callable<Broker.Ended>>();
      for (int i = 0; i < 6; i++) {
        var connector = i % 2 == 0 ? one : two;
        var lease = SshFixture.lease(connector, SshFixture.printing(), "p" + i);
        work.add(() -> connector.broker().revoke(lease, Optional.empty()));
      }
      for (var ended : pool.invokeAll(work)) {
        assertThat(ended.get()).isInstanceOf(Broker.Gone.class);
      }
    }
  }

  @Test
  void withoutRevokersALeaseLingersUntilItHasExpired() {
    var host = it.web1.host("harbor", it.web1.port(), it.web1.key(), false);
    var late = InstantSource.offset(SshFixture.CLOCK, Duration.ofMinutes(5));
    try (var connector = it.connector(List.of(host), SshFixture.printing());
        var after =
            SshFixture.connector(it.authority, List.of("127.0.0.1/32"), List.of(host), late)) {
      var lease = SshFixture.lease(connector, SshFixture.printing(), "e");
      var credential = SshFixture.issue(connector, lease);
      assertThat(connector.broker().revocation()).isEqualTo(Broker.Revocation.EXPIRY_ONLY);
      assertThat(connector.broker().revoke(lease, Optional.of(credential)))
          .isInstanceOf(Broker.Lingering.class);
      assertThat(credential.certified(host, "exec /bin/true")).isEmpty();
      assertThat(connector.broker().present()).isEmpty();
      assertThat(after.broker().revoke(lease, Optional.empty())).isInstanceOf(Broker.Gone.class);
    }
  }

  @Test
  void anAuthorityThatCannotBeReadMakesNothingAndShowsNothing() throws IOException {
    var bad = Files.writeString(folder.resolve("bad"), "-----BEGIN SECRET-----");
    try (var connector =
        SshFixture.connector(
            bad,
            List.of("127.0.0.1/32"),
            List.of(it.web1.host("harbor")),
            SshFixture.CLOCK,
            SshFixture.printing())) {
      var lease = SshFixture.lease(connector, SshFixture.printing(), "b");
      assertThat(connector.broker().issue(lease))
          .isInstanceOfSatisfying(
              Broker.NotMade.class,
              made -> assertThat(made.detail()).doesNotContain("SECRET").contains("ssh-keygen"));
    }
  }

  @Test
  void noSourceAddressNoHostAndMixedHostsAreNoEndpoint() {
    var with = it.web1.host("harbor");
    var without = it.web2.host("harbor", 22, it.web2.key(), false);
    for (Runnable made :
        List.<Runnable>of(
            () -> it.connector(List.of()),
            () -> it.connector(List.of(with, with)),
            () -> it.connector(List.of(with, without)),
            () -> SshFixture.connector(it.authority, List.of(), List.of(with), SshFixture.CLOCK))) {
      assertThatThrownBy(made::run).isInstanceOf(InvalidValueException.class);
    }
  }
}
