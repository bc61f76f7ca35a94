package dev.remit.connectors.ssh;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.connectors.ssh.SshEndpoint.Revoker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real OpenSSH server on loopback with keys, accounts and lists of its own. */
final class SshdHost implements AutoCloseable {
  static final String ACCOUNT = System.getProperty("user.name");
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final String name;
  private final Path folder;
  private final int port;
  private final Process server;

  /** A host of this name that trusts the authority in that file. */
  SshdHost(String name, Path authority) {
    this.name = name;
    try {
      folder = Files.createTempDirectory("sshd");
      port = freePort();
      keygen("-t", "ed25519", "-N", "", "-f", folder.resolve("host").toString());
      keygen("-k", "-f", list().toString());
      Files.copy(authority, trust());
      write("principals_" + ACCOUNT, "remit@" + name + "\nremit-revoke@" + name + "\n");
      var program =
          write("remit-revoke", program().replace("/etc/ssh/remit/revoked.krl", "" + list()));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      write("config", config());
      if (ACCOUNT.equals("root")) {
        Files.createDirectories(Path.of("/run/sshd"));
      }
      server =
          new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", folder.resolve("config").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      awaitOpen();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without a server: skipped where somebody works, a failure where everything must be there. */
  static void require() {
    if (!Files.isExecutable(SSHD)) {
      var words = "no OpenSSH server: install the package openssh-server";
      if ("true".equals(System.getenv("CI"))) {
        fail(words);
      }
      System.out.println(words + "; its tests are skipped");
      assumeTrue(false, words);
    }
  }

  static void keygen(String... words) {
    run("ssh-keygen", words);
  }

  /** Runs a program to its end and answers what it printed. */
  static String run(String program, String... words) {
    try {
      var all = new java.util.ArrayList<>(List.of(words));
      all.addFirst(program);
      var process = new ProcessBuilder(all).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var out =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      process.waitFor();
      return out + process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The program that the reference page tells people to install, word for word. */
  static String program() throws IOException {
    var page =
        Files.readString(
            Path.of(System.getProperty("remit.root", ".."), "docs/reference/broker-ssh.md"));
    int start = page.indexOf("```sh\n#!/bin/sh") + 6;
    return page.substring(start, page.indexOf("```", start));
  }

  /** Debian's bash reads {@code ~/.bashrc} under sshd unless its SHLVL says it is not the first. */
  private String config() {
    return """
    Port %d
    ListenAddress 127.0.0.1
    HostKey %s/host
    PidFile none
    TrustedUserCAKeys %s
    RevokedKeys %s
    AuthorizedPrincipalsFile %s/principals_%%u
    AuthorizedKeysFile none
    AuthenticationMethods publickey
    UsePAM no
    StrictModes no
    PermitRootLogin yes
    MaxStartups 100
    LogLevel VERBOSE
    Subsystem sftp internal-sftp
    SetEnv SHLVL=2
    """
        .formatted(port, folder, trust(), list(), folder);
  }

  private void awaitOpen() throws IOException {
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); ; ) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.getInputStream().read() == 'S') {
          return;
        }
      } catch (IOException e) {
        if (!server.isAlive() || System.nanoTime() > end) {
          throw new IOException("sshd did not start: " + log(), e);
        }
      }
    }
  }

  Path write(String file, String text) {
    try {
      return Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path list() {
    return folder.resolve("revoked.krl");
  }

  Path trust() {
    return folder.resolve("ca.pub");
  }

  Path folder() {
    return folder;
  }

  int port() {
    return port;
  }

  String log() {
    return read("log");
  }

  String key() {
    return read("host.pub").strip();
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Host host(String owner) {
    return host(owner, port, key(), true);
  }

  Host host(String owner, int at, String pinned, boolean isRevocable) {
    var revoker = new Revoker(ACCOUNT, List.of(folder.resolve("remit-revoke").toString()));
    return new Host(
        name,
        owner,
        "127.0.0.1",
        at,
        pinned,
        isRevocable ? Optional.of(revoker) : Optional.empty(),
        Map.of("role", "web"));
  }

  @Override
  public void close() {
    server.destroy();
    try {
      server.waitFor();
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
