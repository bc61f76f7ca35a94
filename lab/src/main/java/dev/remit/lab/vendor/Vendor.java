package dev.remit.lab.vendor;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A vendor's system on the wire. For each call in this order: the bearer token and its scope,
 * triggers, a fault that comes before the effect, the act, triggers, a fault that comes after the
 * effect, the answer.
 */
public final class Vendor {
  private final String name;
  private final Tokens tokens;
  private final Faults faults = new Faults();
  private final FaultyAnswers faulty = new FaultyAnswers(faults);
  private final Triggers triggers = new Triggers();
  private final AtomicInteger trapped = new AtomicInteger();
  private final List<Operation> operations;

  /**
   * Makes it.
   *
   * @param name what the control API calls it
   * @param prefix what the names of its login operations begin with
   * @param scopes the OAuth scopes it knows
   */
  public Vendor(
      String name,
      String prefix,
      Tokens tokens,
      OAuthClient client,
      Set<String> scopes,
      List<Operation> operations) {
    this.name = name;
    this.tokens = tokens;
    this.operations =
        Stream.concat(
                new OAuthApi(tokens, client, scopes, prefix).operations().stream(),
                operations.stream())
            .toList();
  }

  public String name() {
    return name;
  }

  /** Puts all operations on a listener. */
  public void routing(HttpRouting.Builder routing) {
    for (Operation operation : operations) {
      routing.route(operation.method(), operation.path(), (req, res) -> serve(operation, req, res));
    }
    routing.any(
        "/ext/trap",
        (req, res) -> {
          trapped.incrementAndGet();
          Reply.empty(204).send(res);
        });
    routing.any((req, res) -> Refusal.notFound("no such operation").reply().send(res));
  }

  private void serve(Operation operation, ServerRequest req, ServerResponse res) {
    Reply reply;
    Optional<Fault> fault = Optional.empty();
    try {
      Call call = Call.read(req);
      Actor actor = authorize(operation, call);
      triggers.before(operation.name(), call.deviceId());
      fault = faults.take(operation.name(), call.deviceId());
      if (fault.isPresent() && !fault.get().isAfterEffect() && !slow(fault.get())) {
        faulty.send(fault.get(), res);
        return;
      }
      call.allowQuery(operation.query());
      reply = operation.act().answer(call, actor);
      if (reply.isSuccess()) {
        triggers.after(operation.name(), call.deviceId());
      }
    } catch (Refusal e) {
      reply = e.reply();
    }
    if (fault.isPresent() && fault.get().isAfterEffect() && !slow(fault.get())) {
      faulty.send(fault.get(), res);
      return;
    }
    reply.send(res);
  }

  private boolean slow(Fault fault) {
    if (fault.mode() != Fault.Mode.SLOW) {
      return false;
    }
    try {
      faulty.pause(fault.millis());
    } catch (CloseConnectionException e) {
      return true;
    }
    return true;
  }

  private Actor authorize(Operation operation, Call call) {
    if (operation.scope().isEmpty()) {
      return Actor.SYSTEM;
    }
    Tokens.Token token =
        call.bearer()
            .flatMap(tokens::live)
            .orElseThrow(
                () -> new Refusal(401, "invalid_token", "the token is missing, unknown or over"));
    if (!token.scopes().contains(operation.scope())) {
      throw new Refusal(
          403, "insufficient_scope", "this needs the scope `" + operation.scope() + "`");
    }
    return new Actor(token.clientId(), token.digest());
  }

  /** Forgets tokens, faults, triggers and trap hits. */
  public void reset() {
    tokens.clear();
    faults.clear();
    triggers.clear();
    trapped.set(0);
  }

  public Tokens tokens() {
    return tokens;
  }

  public Faults faults() {
    return faults;
  }

  public Triggers triggers() {
    return triggers;
  }

  /** How many requests followed a redirect into the trap. */
  public int trapped() {
    return trapped.get();
  }

  /** Whether the vendor has an operation of this name. */
  public boolean has(String operation) {
    return operations.stream().anyMatch(one -> one.name().equals(operation));
  }

  /** Live tokens, armed faults and triggers, and hits of the trap, for the control API. */
  public Map<String, Object> view() {
    return Json.object(
        "tokens", tokens.live().stream().map(Vendor::token).toList(),
        "faults", faults.view(),
        "triggers", triggers.view(),
        "trapped", trapped());
  }

  private static Map<String, Object> token(Tokens.Token token) {
    return Json.object(
        "sha256", token.digest(),
        "clientId", token.clientId(),
        "scope", token.scope(),
        "expiresAt", token.expiresAt().toString());
  }
}
