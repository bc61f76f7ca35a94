package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.HostException.Kind;
import dev.remit.connectors.ssh.SshEndpoint.Host;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;

/** One connection to a host that has proven its key. Owned by whoever opened it. */
final class Link implements AutoCloseable {
  private final Host host;
  private final ClientSession session;

  Link(Host host, ClientSession session) {
    this.host = host;
    this.session = session;
  }

  Host host() {
    return host;
  }

  /** Logs in with a certificate and its key. */
  void login(KeyPair certified) throws HostException {
    session.addPublicKeyIdentity(certified);
    try {
      var auth = session.auth();
      auth.verify(Links.PATIENCE);
    } catch (SshException e) {
      boolean isRefused =
          e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
      throw isRefused
          ? new HostException(Kind.REFUSED, "host `" + host.name() + "` refuses the certificate")
          : away();
    } catch (IOException e) {
      throw away();
    }
  }

  private HostException away() {
    return new HostException(Kind.AWAY, "the connection to host `" + host.name() + "` was lost");
  }

  /** Asks for a command; the certificate decides which one runs. The answer is not started yet. */
  Run prepare(String request, byte[] input, int limit) throws HostException {
    try {
      return new Run(session.createExecChannel(request), input, limit);
    } catch (IOException e) {
      throw away();
    }
  }

  @Override
  public void close() {
    session.close(true);
  }

  /** A command with its output so far. */
  final class Run implements AutoCloseable {
    private final ChannelExec channel;
    private final Bounded out;
    private final Bounded errors;

    private Run(ChannelExec channel, byte[] input, int limit) {
      this.channel = channel;
      this.out = new Bounded(limit);
      this.errors = new Bounded(limit);
      channel.setIn(new ByteArrayInputStream(input));
      channel.setOut(out);
      channel.setErr(errors);
      channel.setAgentForwarding(false);
    }

    /** Asks for it; when this throws, nobody knows whether it was started. */
    void start(Duration patience) throws HostException {
      try {
        channel.open().verify(patience);
      } catch (IOException e) {
        throw away();
      }
    }

    /** Waits until it is over, the output too large, the connection lost, or the time up. */
    void await(Duration patience) {
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Math.max(1, patience.toMillis()));
    }

    /** Whether it printed more than it may. */
    boolean isTooLarge() {
      return out.isOver() || errors.isOver();
    }

    /** Its exit code; null when none came. */
    @org.jspecify.annotations.Nullable
    Integer exit() {
      return channel.getExitStatus();
    }

    byte[] output() {
      return out.bytes();
    }

    @Override
    public void close() {
      channel.close(true);
    }
  }

  /** Keeps so many bytes and ends the connection at the first one more. */
  private final class Bounded extends ByteArrayOutputStream {
    private final int limit;
    private boolean isOver; // guarded by this

    Bounded(int limit) {
      this.limit = limit;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (count + length > limit) {
        isOver = true;
        session.close(true);
      } else {
        super.write(bytes, offset, length);
      }
    }

    @Override
    public synchronized void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    synchronized boolean isOver() {
      return isOver;
    }

    synchronized byte[] bytes() {
      return toByteArray();
    }
  }
}
