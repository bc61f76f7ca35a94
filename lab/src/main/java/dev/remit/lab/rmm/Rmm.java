package dev.remit.lab.rmm;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The RMM on the wire. For each call in this order: the bearer token and its scope, triggers, a
 * fault that comes before the effect, the act, triggers, a fault that comes after the effect, the
 * answer.
 */
public final class Rmm {
  private final Tokens tokens;
  private final Faults faults = new Faults();
  private final FaultyAnswers faulty = new FaultyAnswers(faults);
  private final Triggers triggers = new Triggers();
  private final AtomicInteger trapped = new AtomicInteger();
  private final List<Operation> operations;

  public Rmm(Estate estate, Tokens tokens, OAuthClient client) {
    this.tokens = tokens;
    this.operations =
        Stream.of(
                new OAuthApi(tokens, client).operations(),
                new OrganizationApi(estate).operations(),
                new DeviceApi(estate).operations(),
                new ActApi(estate).operations(),
                new LogApi(estate).operations(),
                new TicketApi(estate).operations())
            .flatMap(List::stream)
            .toList();
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

  public List<Operation> operations() {
    return operations;
  }
}
