package dev.remit.connectors.mcp;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Proofs;
import dev.remit.connectors.common.Results;
import dev.remit.connectors.common.Selection;
import dev.remit.connectors.common.Settings;
import dev.remit.connectors.wire.Exchange;
import dev.remit.connectors.wire.Wire;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.identity.Grade;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An upstream MCP server.
 *
 * <p>Settings of the connector: {@code broker.life}, {@code limit-bytes}. Settings of a tool:
 * {@code tool} (its upstream name), {@code pin}, {@code owner}, {@code fields}, {@code withhold}. A
 * tool whose definition did not equal its pin when the lease's session was opened is not called. An
 * upstream's {@code isError} is a refusal; its content is passed on, unless the tool's proof is its
 * answer: then nothing proves whose words they are.
 */
public final class McpConnector implements Connector, AutoCloseable {
  private static final int LIMIT = 8 * 1024 * 1024;
  private final ConnectorId id;
  private final Settings settings;
  private final InstantSource clock;
  private final Wire wire;
  private final McpWire rpc;
  private final Definitions definitions;
  private final SessionBroker broker;
  private final Map<String, Answering> answering = new LinkedHashMap<>();

  private record Answering(Optional<Pointer> owner, Selection selection) {}

  public McpConnector(
      ConnectorSpec spec, Collection<Tool> tools, McpEndpoint endpoint, InstantSource clock) {
    this.id = spec.id();
    this.settings = new Settings("connector `" + spec.id() + "`", spec.settings());
    this.clock = clock;
    this.wire = new Wire(endpoint.isTls());
    this.rpc =
        new McpWire(endpoint, wire, settings.integer("limit-bytes", LIMIT, 1, 16 * 1024 * 1024));
    var own = tools.stream().filter(tool -> tool.connector().equals(id)).toList();
    own.forEach(tool -> answering.put(tool.name(), answering(tool)));
    this.definitions = new Definitions(own);
    this.broker = new SessionBroker(rpc, definitions, clock);
  }

  private static Answering answering(Tool tool) {
    var part = new Settings("tool `" + tool.name() + "`", tool.settings());
    return new Answering(part.optionalPointer("owner"), Selection.of(part));
  }

  /**
   * The digest that {@code pin} must equal for an upstream definition as {@code tools/list} has it.
   */
  public static String pin(Value.Obj definition) {
    return Definitions.pin(definition);
  }

  @Override
  public ConnectorId id() {
    return id;
  }

  @Override
  public Broker broker() {
    return broker;
  }

  @Override
  public Value.Obj scope(Tool tool, Tenant tenant) {
    return Value.object("session", "own");
  }

  @Override
  public Value.Obj readScope() {
    return Value.object("session", "own");
  }

  @Override
  public Duration leaseLife() {
    return settings
        .optionalPart("broker")
        .map(part -> part.duration("life", Duration.ofMinutes(10)))
        .orElse(Duration.ofMinutes(10));
  }

  /** Tools give no inventory. */
  @Override
  public Set<String> kinds() {
    return Set.of();
  }

  @Override
  public List<Reading> inventory(String kind, Credential credential) {
    throw new IllegalStateException("no inventory of this kind: " + kind);
  }

  @Override
  public Optional<Reading> read(TargetRef target, Credential credential) {
    return Optional.empty();
  }

  @Override
  public Optional<Ticket> ticket(String ticket, Credential credential) {
    return Optional.empty();
  }

  @Override
  public Execution execute(Request request, Credential credential, SendBy sendBy, Cut cut) {
    if (!(credential instanceof McpSession session)) {
      throw new IllegalStateException("a credential of another connector");
    }
    var tool = request.tool();
    var upstream = definitions.upstream(tool.name());
    if (upstream.isEmpty()) {
      return new Execution.Failed("this connector has no such tool");
    }
    if (session.changed().contains(tool.name())) {
      return new Execution.Failed("the tool no longer equals its pin; nothing was sent");
    }
    var left = left(request);
    if (left.isNegative() || left.isZero()) {
      return new Execution.Failed("the deadline was over before it was sent");
    }
    var params = Value.object("name", upstream.get(), "arguments", request.arguments());
    var reply =
        rpc.request(Optional.of(session), McpWire.Method.TOOLS_CALL, params, left, sendBy, cut);
    return execution(request, reply);
  }

  private Duration left(Request request) {
    var own = clock.instant().plus(request.tool().timeout());
    var end = own.isBefore(request.deadline()) ? own : request.deadline();
    return Duration.between(clock.instant(), end);
  }

  private Execution execution(Request request, McpWire.Reply reply) {
    return switch (reply) {
      case McpWire.NotSent(String detail) -> new Execution.Failed(detail);
      case McpWire.Lost(String detail) -> new Execution.Unknown(detail);
      case McpWire.Refused(long code) ->
          new Execution.Rejected(
              "the upstream answered error " + code,
              Results.error("the upstream refused the call: error " + code));
      case McpWire.Status(Exchange.Answer answer) -> status(request, answer);
      case McpWire.Result(Value.Obj result, Optional<String> _) -> result(request, result);
    };
  }

  private static Execution status(Request request, Exchange.Answer answer) {
    var words = "the upstream answered " + answer.words();
    if (answer.status() == 404) {
      return new Execution.Failed(words + ": the session is gone");
    }
    if (answer.status() >= 400 && answer.status() < 500 && answer.status() != 408) {
      return new Execution.Rejected(
          words, Results.error("the upstream refused: " + answer.words()));
    }
    return uncertain(request, words);
  }

  private static Execution uncertain(Request request, String detail) {
    return request.tool().effect() == Grade.OBSERVE
        ? new Execution.Failed(detail)
        : new Execution.Unknown(detail);
  }

  private Execution result(Request request, Value.Obj upstream) {
    var clean = ToolResult.clean(upstream);
    if (clean.isEmpty()) {
      return uncertain(request, "the upstream's answer is no result of a tool");
    }
    var tool = request.tool();
    if (ToolResult.isError(clean.get())) {
      boolean isProven = tool.proof() != Tool.Proof.ANSWER || tool.targets().isEmpty();
      var words = "the tool reported an error";
      return new Execution.Rejected(
          words, isProven ? clean.get() : Results.error(words), !isProven);
    }
    var how = answering.getOrDefault(tool.name(), answering(tool));
    var structured = clean.get().object("structuredContent");
    var proofs =
        Proofs.of(tool, request.arguments(), how.owner(), structured.orElse(Value.Obj.EMPTY));
    return new Execution.Done(selected(clean.get(), structured, how.selection()), proofs);
  }

  /** With fields named, the text is made anew: the upstream's own would hold what is withheld. */
  private static Value.Obj selected(
      Value.Obj clean, Optional<Value.Obj> structured, Selection selection) {
    if (selection.keep().isEmpty() && selection.withhold().isEmpty()) {
      return clean;
    }
    return Results.of(selection.apply(structured.orElse(Value.Obj.EMPTY)));
  }

  /** As of the last lease: nothing is sent here. */
  @Override
  public Set<String> changedTools() {
    return broker.changed().keySet();
  }

  @Override
  public Map<String, List<String>> toolDifferences() {
    return broker.changed();
  }

  @Override
  public boolean hasUpstreamTools() {
    return true;
  }

  @Override
  public void close() {
    wire.close();
  }
}
