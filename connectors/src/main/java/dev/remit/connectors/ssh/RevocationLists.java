package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.HostException.Kind;
import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.value.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The revocation lists of hosts, through the one account that takes them.
 *
 * <p>The program at the host ({@code docs/reference/broker-ssh.md}) knows three requests: {@code
 * look} shows the list and the leases whose processes run, {@code install DIGEST} replaces the list
 * if it still has this digest, {@code cut PRINCIPAL} kills what runs under a lease; each ends with
 * a look. So several replicas write one list without losing each other's entries, and nobody has to
 * remember any.
 */
final class RevocationLists {
  private static final int LIMIT = 4 * 1024 * 1024;
  private static final int TRIES = 8;
  private static final Duration LIFE = Duration.ofMinutes(2);
  private static final Duration WAIT = Duration.ofSeconds(15);

  /** A host's clock may be this far behind: until then the list keeps what has ended. */
  private static final Duration KEEP = Duration.ofHours(1);

  private static final Pattern HEAD = Pattern.compile("remit-revoke 1 ([0-9a-f]{64})");
  private static final Pattern SESSION =
      Pattern.compile("session ([a-z0-9_]{1,64}):([0-9a-f]{16})");

  private final Links links;
  private final Authority authority;
  private final InstantSource clock;
  private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

  RevocationLists(Links links, Authority authority, InstantSource clock) {
    this.links = links;
    this.authority = authority;
    this.clock = clock;
  }

  /**
   * What a host showed.
   *
   * @param sessions serials by principal, of every process that carries a lease's mark
   */
  record Seen(Krl list, String digest, Map<String, Set<Long>> sessions) {}

  Seen look(Host host) throws HostException {
    try (var link = login(host)) {
      return look(link);
    }
  }

  /** Puts the serial on the list, kills what runs under the lease, and looks again. */
  Seen revoke(Host host, String principal, long serial) throws HostException {
    var turn = turns.computeIfAbsent(host.name(), name -> new ReentrantLock());
    turn.lock();
    try (var link = login(host)) {
      var seen = look(link);
      for (int i = 0; i < TRIES && isMissing(seen, serial); i++) {
        seen = install(link, seen, serial);
      }
      if (seen.sessions().containsKey(principal)) {
        seen = seen(link, ask(link, "cut " + principal, new byte[0]));
      }
      return seen;
    } finally {
      turn.unlock();
    }
  }

  /** Whether it has to be added; what ended long ago is refused without a list. */
  private boolean isMissing(Seen seen, long serial) {
    return !seen.list().serials().contains(serial)
        && !Serials.end(serial).isBefore(clock.instant().minus(KEEP));
  }

  private Seen install(Link link, Seen seen, long serial) throws HostException {
    var now = clock.instant();
    var next = seen.list().with(serial, now.minus(KEEP)).bytes(authority.publicKey(), now);
    return seen(link, ask(link, "install " + seen.digest(), next));
  }

  private Link login(Host host) throws HostException {
    var revoker =
        host.revoker()
            .orElseThrow(() -> new IllegalStateException("this host takes no revocation list"));
    var link = links.open(host, revoker.account());
    boolean isIn = false;
    try {
      var end = clock.instant().plus(LIFE);
      var claims =
          new Authority.Claims(
              "remit-revoke",
              Serials.of("remit-revoke@" + host.name(), end),
              Principals.ofRevoker(host),
              CommandLine.of(revoker.command()),
              end);
      link.login(authority.certify(authority.ephemeral(), claims));
      isIn = true;
      return link;
    } finally {
      if (!isIn) {
        link.close();
      }
    }
  }

  private Seen look(Link link) throws HostException {
    return seen(link, ask(link, "look", new byte[0]));
  }

  private Seen seen(Link link, byte[] answer) throws HostException {
    var sessions = new HashMap<String, Set<Long>>();
    var digest = "";
    int at = 0;
    while (true) {
      int end = lineEnd(link, answer, at);
      var line = new String(answer, at, end - at, StandardCharsets.US_ASCII);
      at = end + 1;
      var head = HEAD.matcher(line);
      var session = SESSION.matcher(line);
      if (line.equals("list")) {
        break;
      } else if (head.matches() && digest.isEmpty()) {
        digest = head.group(1);
      } else if (session.matches()) {
        sessions
            .computeIfAbsent(session.group(1), name -> new TreeSet<>())
            .add(Long.parseUnsignedLong(session.group(2), 16));
      } else {
        throw unclear(link);
      }
    }
    return new Seen(list(link, Arrays.copyOfRange(answer, at, answer.length)), digest, sessions);
  }

  private Krl list(Link link, byte[] file) throws HostException {
    try {
      return Krl.parse(file, authority.publicKey());
    } catch (InvalidValueException e) {
      throw new HostException(Kind.UNCLEAR, "host `" + link.host().name() + "`: " + e.getMessage());
    }
  }

  private static int lineEnd(Link link, byte[] answer, int from) throws HostException {
    for (int i = from; i < answer.length && i < from + 200; i++) {
      if (answer[i] == '\n') {
        return i;
      }
    }
    throw unclear(link);
  }

  private static HostException unclear(Link link) {
    return new HostException(
        Kind.UNCLEAR,
        "the revocation program of host `" + link.host().name() + "` did not do as it should");
  }

  private static byte[] ask(Link link, String request, byte[] input) throws HostException {
    try (var run = link.prepare(request, input, LIMIT)) {
      run.start(Links.PATIENCE);
      run.await(WAIT);
      var exit = run.exit();
      if (exit == null || exit != 0 || run.isTooLarge()) {
        throw unclear(link);
      }
      return run.output();
    }
  }
}
