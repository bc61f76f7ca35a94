package dev.remit.web.oauth;

import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.TaskResult;
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
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Form;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.machines.MachineCallers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /oauth2}: a workload's own token for one that speaks for its task (RFC 8693, RFC 9396).
 *
 * <p>A token is bound to the key that the request proves. It is given for an open task of the
 * caller's own agent that is, or becomes, the key's; any other task is not there.
 */
public final class TokenRoutes {

  private static final System.Logger LOG = System.getLogger(TokenRoutes.class.getName());

  static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final Set<String> SUBJECT_TYPES =
      Set.of(ACCESS_TOKEN, "urn:ietf:params:oauth:token-type:jwt");
  private static final int LONGEST_TOKEN = 12_000;
  private static final int LONGEST_DETAILS = 2_000;

  private final TokenDesk desk;
  private final Gateway gateway;
  private final MachineCallers callers;
  private final InstantSource clock;

  public TokenRoutes(TokenDesk desk, Gateway gateway, MachineCallers callers, InstantSource clock) {
    this.desk = desk;
    this.gateway = gateway;
    this.callers = callers;
    this.clock = clock;
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
    var form = exchange.formBody();
    String grant = form.text("grant_type", 200);
    if (!grant.equals(EXCHANGE)) {
      throw new Refusal(400, "unsupported_grant_type", "use " + EXCHANGE);
    }
    if (form.first("actor_token").isPresent()) {
      throw new Refusal(400, "invalid_request", "an agent asks for its own task only");
    }
    requireResource(form, callers.base(exchange));
    String task = task(form);
    var proven = proven(presented, subject(form));
    if (!(proven.caller() instanceof Caller.Agent agent)) {
      throw new Refusal(400, "unauthorized_client", "only an agent works on a task");
    }
    exchange.send(
        switch (gateway.takeTask(agent, new TaskId(task))) {
          case TaskResult.Told(Task open) -> issued(proven, agent, open);
          case TaskResult.Refused(var reason, String hint) ->
              throw new Refusal(503, "temporarily_unavailable", hint, Map.of("Retry-After", "5"));
          case TaskResult.NotFound() ->
              throw new Refusal(
                  400,
                  "invalid_authorization_details",
                  "name an open task of this agent that is not another copy's");
        });
  }

  private Answer issued(Proven proven, Caller.Agent agent, Task task) {
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
            List.of(agent.id().text()),
            details,
            task.id().value(),
            agent.id(),
            proven.binding(),
            task.deadline());
    var issued = desk.authority().issue(grant, now);
    boolean isByKey = proven.binding() instanceof TaskGrant.ByKey;
    return Answer.json(
        200,
        Value.object(
            "access_token", issued.token(),
            "issued_token_type", ACCESS_TOKEN,
            "token_type", isByKey ? "DPoP" : "Bearer",
            "expires_in", Math.max(0, Duration.between(now, issued.expiresAt()).toSeconds()),
            "authorization_details", List.of(details)));
  }

  private Proven proven(Presented presented, Optional<Statement> subject) {
    return switch (desk.authority().prove(presented, subject, clock.instant())) {
      case Proven proven -> proven;
      case Unproven(String error, String detail) -> {
        LOG.log(System.Logger.Level.INFO, "exchange refused: {0}", detail);
        throw new Refusal(400, error, "the subject or the proof was not accepted");
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

  private static Optional<Statement> subject(Form form) {
    var token = form.first("subject_token");
    if (token.isEmpty()) {
      return Optional.empty();
    }
    String type = form.text("subject_token_type", 200);
    if (!SUBJECT_TYPES.contains(type)) {
      throw new Refusal(400, "invalid_request", "`subject_token_type` must be " + ACCESS_TOKEN);
    }
    return Optional.of(
        new Statement(Statement.Kind.TOKEN, form.text("subject_token", LONGEST_TOKEN)));
  }

  /** The token is for this gateway, whatever it is named for (RFC 8693, section 2.1). */
  private static void requireResource(Form form, String base) {
    form.first("resource")
        .filter(resource -> !resource.equals(base) && !resource.startsWith(base + "/"))
        .ifPresent(_ -> {
          throw new Refusal(400, "invalid_target", "tokens are for this gateway only");
        });
    form.first("requested_token_type")
        .filter(type -> !type.equals(ACCESS_TOKEN))
        .ifPresent(_ -> {
          throw new Refusal(400, "invalid_request", "ask for " + ACCESS_TOKEN);
        });
  }

  /** The one task that is asked for (RFC 9396, section 2). */
  private static String task(Form form) {
    try {
      var details = Json.parse(form.text("authorization_details", LONGEST_DETAILS));
      if (details instanceof Value.Array(var items)
          && items.size() == 1
          && items.getFirst() instanceof Value.Obj detail
          && detail.members().keySet().equals(Set.of("type", "task"))
          && detail.text("type").equals(Optional.of("msp_task"))
          && detail.text("task").filter(id -> id.length() <= 128).isPresent()) {
        return detail.text("task").orElseThrow();
      }
    } catch (InvalidValueException e) {
      // told below
    }
    throw new Refusal(
        400,
        "invalid_authorization_details",
        "name one task: [{\"type\": \"msp_task\", \"task\": ID}]");
  }
}
