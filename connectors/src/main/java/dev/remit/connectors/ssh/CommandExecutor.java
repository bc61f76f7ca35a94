package dev.remit.connectors.ssh;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Proofs;
import dev.remit.connectors.common.Results;
import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.execution.Connector.Request;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs one catalogued command on one host.
 *
 * <p>The command line is in the certificate; what is asked for on the connection says nothing. The
 * host ends it after the time that the call has ({@code timeout}, coreutils), also when nobody is
 * connected any more. Once it was asked for, the outcome comes from its exit code alone; without
 * one it is {@link Execution.Unknown}.
 */
final class CommandExecutor {
  /** The variable by which a lease's processes are found at the host. */
  static final String MARK = "REMIT_LEASE";

  private final String account;
  private final List<Host> hosts;
  private final Set<String> names;
  private final Links links;
  private final InstantSource clock;

  CommandExecutor(String account, List<Host> hosts, Links links, InstantSource clock) {
    this.account = account;
    this.hosts = List.copyOf(hosts);
    this.names =
        hosts.stream()
            .flatMap(host -> Stream.of(host.name(), host.address()))
            .map(CommandExecutor::folded)
            .collect(Collectors.toUnmodifiableSet());
    this.links = links;
    this.clock = clock;
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  Execution execute(
      SshOperation operation, Request request, SshCredential credential, SendBy sendBy, Cut cut) {
    try {
      var host = host(operation, request);
      if (host.isEmpty() || !credential.covers(operation.tool().operation(), host.get())) {
        return new Execution.Failed("the lease is not for this command on this host");
      }
      var end = end(operation, request);
      if (!clock.instant().isBefore(end)) {
        return new Execution.Failed("the deadline was over before it was sent");
      }
      var line = line(operation, request, credential, left(end));
      return on(host.get(), line, operation, request, credential, end, sendBy, cut);
    } catch (InvalidValueException e) {
      return new Execution.Failed(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Host> host(SshOperation operation, Request request) {
    var name =
        request
            .arguments()
            .get(operation.tool().targets().getFirst().argument())
            .flatMap(Pointer::scalar)
            .orElse("");
    return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
  }

  private Instant end(SshOperation operation, Request request) {
    var own = clock.instant().plus(operation.tool().timeout());
    return own.isBefore(request.deadline()) ? own : request.deadline();
  }

  private Duration left(Instant end) {
    var left = Duration.between(clock.instant(), end);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private String line(
      SshOperation operation, Request request, SshCredential credential, Duration left) {
    var mark = "%s=%s:%016x".formatted(MARK, credential.principal(), credential.serial());
    var seconds = Long.toString(left.toSeconds() + 1);
    var words = new ArrayList<>(List.of("/usr/bin/env", mark, "/usr/bin/timeout", "-s", "KILL"));
    words.add(seconds);
    words.addAll(
        operation.command().fill(request.arguments(), text -> names.contains(folded(text))));
    return CommandLine.of(words);
  }

  private Execution on(
      Host host,
      String line,
      SshOperation operation,
      Request request,
      SshCredential credential,
      Instant end,
      SendBy sendBy,
      Cut cut) {
    var certified = credential.certified(host, line);
    if (certified.isEmpty()) {
      return new Execution.Failed("the lease has ended");
    }
    boolean isSent = false;
    try (var link = links.open(host, account)) {
      if (!credential.hold(link)) {
        return new Execution.Failed("the lease has ended");
      }
      var takeBack = cut.onCut(link::close);
      try {
        link.login(certified.get());
        try (var run = link.prepare("remit", new byte[0], operation.bytes())) {
          var unsent = unsent(sendBy, cut);
          if (unsent.isPresent()) {
            return unsent.get();
          }
          isSent = true;
          run.start(left(end));
          run.await(left(end));
          return outcome(run, operation, request);
        }
      } finally {
        takeBack.run();
        credential.release(link);
      }
    } catch (HostException e) {
      return isSent ? new Execution.Unknown(e.words()) : new Execution.Failed(e.words());
    }
  }

  private static Optional<Execution> unsent(SendBy sendBy, Cut cut) {
    if (sendBy.isPast()) {
      return Optional.of(new Execution.Failed("the time to send was over"));
    }
    return cut.isCut()
        ? Optional.of(new Execution.Failed("cut before it was sent"))
        : Optional.empty();
  }

  private static Execution outcome(Link.Run run, SshOperation operation, Request request) {
    if (run.isTooLarge()) {
      return unsure(operation, "it printed more than " + operation.bytes() + " bytes");
    }
    var exit = run.exit();
    if (exit == null) {
      return new Execution.Unknown("no exit code came back");
    }
    var code = exit.toString();
    var words = "the command ended with exit code " + code;
    if (operation.done().contains(code)) {
      return done(run, exit, operation, request);
    }
    if (operation.rejected().contains(code)) {
      return new Execution.Rejected(words, Results.error(words));
    }
    return operation.failed().contains(code)
        ? new Execution.Failed(words)
        : unsure(operation, words);
  }

  /** A reading that went wrong changed nothing; of an effect nobody knows. */
  private static Execution unsure(SshOperation operation, String words) {
    return operation.isReading() ? new Execution.Failed(words) : new Execution.Unknown(words);
  }

  private static Execution done(Link.Run run, int exit, SshOperation operation, Request request) {
    if (!operation.isJson()) {
      var text = new String(run.output(), StandardCharsets.UTF_8);
      return new Execution.Done(Results.of(Value.object("exit", exit, "output", text)), List.of());
    }
    try {
      var answer = Json.parse(run.output());
      return new Execution.Done(
          Results.of(operation.selection().apply(answer)),
          Proofs.of(operation.tool(), request.arguments(), operation.owner(), answer));
    } catch (InvalidValueException e) {
      return unsure(operation, "the command's output is not the json that was declared");
    }
  }
}
