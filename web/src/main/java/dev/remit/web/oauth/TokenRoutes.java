package dev.remit.web.oauth;

import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.TaskGrant;
import dev.remit.core.identity.TokenAuthority.NonceNeeded;
import dev.remit.core.identity.TokenAuthority.Proven;
import dev.remit.core.identity.TokenAuthority.Statement;
import dev.remit.core.identity.TokenAuthority.Unavailable;
import dev.remit.core.identity.TokenAuthority.Unproven;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.machines.ClientParts;
import dev.remit.web.machines.MachineCallers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /oauth2}: a workload's own token for one that speaks for its task (RFC 8693, RFC 9396).
 *
 * <p>A token is bound to the key that the request proves. It is given for an open task of the
 * caller's own agent that is, or becomes, the key's; any other task is not there. An agent that
 * takes work over by another's token gets one of a task below that one.
 */
public final class TokenRoutes {

  private static final System.Logger LOG = System.getLogger(TokenRoutes.class.getName());

  private static final Set<String> OWN = Set.of("task", "mayAct");
  private static final String NAME_ONE = "name one task: [{\"type\": \"msp_task\", \"task\": ID}]";

  private final TokenDesk desk;
  private final Gateway gateway;
  private final MachineCallers callers;
  private final InstantSource clock;
  private final ClientParts parts;
  private final TakenWork takenWork;

  public TokenRoutes(TokenDesk desk, Gateway gateway, MachineCallers callers, InstantSource clock) {
    this.desk = desk;
    this.gateway = gateway;
    this.callers = callers;
    this.clock = clock;
    this.parts = new ClientParts(gateway);
    this.takenWork = new TakenWork(desk, gateway);
  }

  /** The routes. */
  public List<Route> routes() {
    var status = new TokenStatusRoutes(desk, callers, clock);
    return List.of(
        new Route("POST", "/oauth2/token", OAuthError.SHAPE, this::token),
        new Route("POST", "/oauth2/introspect", OAuthError.SHAPE, status::introspect),
        new Route("POST", "/oauth2/revoke", OAuthError.SHAPE, status::revoke),
        Route.of(
            "GET",
            "/oauth2/jwks",
            exchange -> exchange.send(Answer.json(200, desk.authority().publicKeys()))),
        Route.of(
            "GET",
            "/.well-known/oauth-authorization-server",
            exchange -> exchange.send(AuthorizationMetadata.answer(callers.base(exchange)))));
  }

  private void token(Exchange exchange) {
    var presented = callers.presentedAtTokenEndpoint(exchange);
    var form = ExchangeForm.read(exchange.formBody(), callers.base(exchange));
    var now = clock.instant();
    var parent = form.subject().flatMap(subject -> desk.authority().read(subject.text(), now));
    if (parent.isPresent()) {
      var proven = proven(presented, form.taker());
      var actor = agent(proven);
      exchange.send(
          issued(
              proven,
              actor,
              takenWork.taken(parent.get(), actor, form.detail(), now),
              Optional.empty()));
    } else {
      own(exchange, proven(presented, form.asker()), form.detail());
    }
  }

  private void own(Exchange exchange, Proven proven, Value.Obj detail) {
    var mayAct = mayAct(detail);
    var id =
        detail
            .text("task")
            .filter(text -> !text.isEmpty() && text.length() <= 128)
            .filter(_ -> OWN.containsAll(detail.members().keySet()))
            .map(TaskId::new)
            .orElseThrow(() -> ExchangeForm.wrongDetails(NAME_ONE));
    var agent =
        proven.caller() instanceof Caller.Triage triage
            ? parts.ofTask(triage, id).orElseThrow(TokenRoutes::notOpen)
            : agent(proven);
    exchange.send(
        switch (gateway.takeTask(agent, id)) {
          case TaskResult.Told(Task open) -> issued(proven, agent, open, mayAct);
          case TaskResult.Refused(var reason, String hint) ->
              throw new Refusal(503, "temporarily_unavailable", hint, Map.of("Retry-After", "5"));
          case TaskResult.NotFound() -> throw notOpen();
        });
  }

  private static Refusal notOpen() {
    return ExchangeForm.wrongDetails("name an open task of this agent that is not another copy's");
  }

  private static Caller.Agent agent(Proven proven) {
    if (proven.caller() instanceof Caller.Agent agent) {
      return agent;
    }
    throw new Refusal(400, "unauthorized_client", "only an agent works on a task");
  }

  private static Optional<AgentId> mayAct(Value.Obj detail) {
    try {
      return detail.get("mayAct").isEmpty()
          ? Optional.empty()
          : Optional.of(AgentId.parse(detail.text("mayAct").orElse("")));
    } catch (InvalidValueException e) {
      throw ExchangeForm.wrongDetails("`mayAct`: " + e.getMessage());
    }
  }

  private Answer issued(Proven proven, Caller.Agent agent, Task task, Optional<AgentId> mayAct) {
    var now = clock.instant();
    var details =
        Value.object(
            "type", "msp_task",
            "task", task.id().value(),
            "tenant", task.tenant().value(),
            "environment", task.environment().text(),
            "taskClass", task.taskClass());
    var grant =
        new TaskGrant(
            task.ground().requester(),
            actors(agent, task),
            details,
            task.id().value(),
            agent.id(),
            proven.binding(),
            task.deadline(),
            mayAct);
    var issued = desk.authority().issue(grant, now);
    boolean isByKey = proven.binding() instanceof TaskGrant.ByKey;
    return Answer.json(
        200,
        Value.object(
            "access_token", issued.token(),
            "issued_token_type", ExchangeForm.ACCESS_TOKEN,
            "token_type", isByKey ? "DPoP" : "Bearer",
            "expires_in", Math.max(0, Duration.between(now, issued.expiresAt()).toSeconds()),
            "authorization_details", List.of(details)));
  }

  /** Whoever acts, the present agent first, and before it those who handed the work on. */
  private static List<String> actors(Caller.Agent agent, Task task) {
    var actors = new ArrayList<String>();
    actors.add(agent.id().text());
    task.lineage().links().reversed().forEach(link -> actors.add(link.agent().text()));
    return actors;
  }

  private Proven proven(Presented presented, Optional<Statement> subject) {
    return switch (desk.authority().prove(presented, subject, clock.instant())) {
      case Proven proven -> proven;
      case Unproven(String error, String detail) -> {
        LOG.log(System.Logger.Level.INFO, "exchange refused: {0}", detail);
        throw new Refusal(400, error, "the caller's token, assertion or proof was not accepted");
      }
      case NonceNeeded(String nonce) ->
          throw new Refusal(
              400,
              "use_dpop_nonce",
              "make the DPoP proof anew with the nonce of `DPoP-Nonce`",
              Map.of("DPoP-Nonce", nonce));
      case Unavailable(String detail) -> {
        LOG.log(System.Logger.Level.WARNING, "subjects cannot be checked: {0}", detail);
        throw new Refusal(
            503,
            "temporarily_unavailable",
            "tokens cannot be checked just now; nothing was done; try again later",
            Map.of("Retry-After", "5"));
      }
    };
  }
}
