package dev.remit.web.people;

import dev.remit.core.approval.KeyRegistration;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.call.Sha256;
import dev.remit.core.flow.Keys;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Fields;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One's own keys: seen, asked for, removed. Nobody's keys but one's own are here.
 *
 * <p>A challenge is made for one session and five minutes; the same key twice is one key.
 */
final class KeyRoutes {

  private final Keys keys;
  private final KeyRegistration registration;
  private final FirstKeys firstKeys;
  private final Supplier<Release> release;
  private final Supplier<PeopleSite> site;
  private final Askers askers;
  private final InstantSource clock;
  private final RandomGenerator random;

  KeyRoutes(
      PeopleDesk desk,
      Supplier<PeopleSite> site,
      Askers askers,
      InstantSource clock,
      RandomGenerator random) {
    this.keys = desk.keys();
    this.registration = desk.registration();
    this.firstKeys = desk.firstKeys();
    this.release = desk.release();
    this.site = site;
    this.askers = askers;
    this.clock = clock;
    this.random = random;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/keys", askers.people(this::list)),
        Route.of("POST", "/v1/keys/options", askers.people(this::options)),
        Route.of("POST", "/v1/keys", askers.people(this::register)),
        Route.of("POST", "/v1/keys/first", askers.people(this::registerFirst)),
        Route.of("POST", "/v1/keys/remove", askers.people(this::remove)),
        Route.of("POST", "/v1/first-key", askers.onTheMachine(this::openFirst)));
  }

  private void list(Exchange exchange, Session session) {
    exchange.onlyQuery(Set.of());
    var own = keys.of(session.person()).stream().map(KeyRoutes::view).toList();
    exchange.send(Answer.json(200, Value.object("keys", own)));
  }

  /** What a browser's {@code navigator.credentials.create} takes (section 5.4). */
  private void options(Exchange exchange, Session session) {
    new Fields(Json.parseObject(exchange.jsonBody()), Set.of());
    var person = session.person();
    var known =
        keys.of(person).stream()
            .map(key -> (Value) Value.object("type", "public-key", "id", key.credentialId()))
            .toList();
    exchange.send(
        Answer.json(
            200,
            Value.object(
                "challenge",
                KeyChallenge.fresh(session, clock.instant(), random),
                "rp",
                Value.object("id", site.get().rpId(), "name", "Remit"),
                "user",
                Value.object(
                    "id",
                    userHandle(person),
                    "name",
                    person.id().text(),
                    "displayName",
                    person.name()),
                "pubKeyCredParams",
                List.of(algorithm(-7), algorithm(-8), algorithm(-257)),
                "excludeCredentials",
                known,
                "authenticatorSelection",
                Value.object("userVerification", "required", "residentKey", "preferred"),
                "attestation",
                conveyance(person),
                "timeout",
                300_000)));
  }

  /** A browser may leave the model out of what it is not asked for (section 5.4.7). */
  private String conveyance(Person person) {
    return release.get().people().keyModels().isLimited(person.organisation()) ? "direct" : "none";
  }

  private void register(Exchange exchange, Session session) {
    var fields = fields(exchange, Set.of("label", "challenge", "attestation"));
    told(exchange, keys.ask(session.person(), checked(fields, session)));
  }

  private void registerFirst(Exchange exchange, Session session) {
    var fields = fields(exchange, Set.of("code", "label", "challenge", "attestation"));
    boolean isOurs = session.person().organisation() instanceof Organisation.Msp;
    if (isOurs && !exchange.isFromThisMachine()) {
      throw new Refusal(
          403,
          "not-from-here",
          "the first administrator's key comes over the server's own machine");
    }
    var key = checked(fields, session);
    if (!firstKeys.take(fields.text("code", 100), session.person().organisation())) {
      throw new Refusal(
          403, "code", "the code is wrong, used or over; let the machine's owner open another");
    }
    told(exchange, keys.first(session.person(), key));
  }

  private void remove(Exchange exchange, Session session) {
    var fields = fields(exchange, Set.of("credentialId"));
    if (!keys.remove(session.person(), ApprovalRoutes.part(fields, "credentialId"))) {
      throw Refusal.notFound();
    }
    exchange.send(Answer.json(200, Value.object("removed", true)));
  }

  private void openFirst(Exchange exchange, Asker asker) {
    var fields = fields(exchange, Set.of("tenant"));
    var tenant = fields.optionalText("tenant", 128).map(TenantId::new);
    if (tenant.isPresent() && !release.get().tenants().containsKey(tenant.get())) {
      throw Refusal.notFound();
    }
    Organisation organisation =
        tenant.<Organisation>map(Organisation.Client::new).orElseGet(Organisation.Msp::new);
    String file =
        firstKeys
            .open(organisation, site.get())
            .orElseThrow(() ->
                new Refusal(
                    409,
                    "not-the-first",
                    "somebody of "
                        + organisation.text()
                        + " has a key already and answers for the next one"));
    exchange.send(
        Answer.json(
            200,
            Value.object(
                "file", file,
                "organisation", organisation.text(),
                "minutes", FirstKeys.LIFE.toMinutes())));
  }

  private PersonKey checked(Fields fields, Session session) {
    String challenge = fields.text("challenge", 200);
    var label = fields.text("label", 60);
    var sent =
        new Fields(fields.object("attestation"), Set.of("clientDataJson", "attestationObject"));
    var now = clock.instant();
    var raw =
        KeyChallenge.opened(challenge, session, now)
            .orElseThrow(
                () -> new Refusal(409, "challenge", "the challenge is over; begin with a new one"));
    var attested =
        new KeyRegistration.Attested(
            ApprovalRoutes.part(sent, "clientDataJson"),
            ApprovalRoutes.part(sent, "attestationObject"));
    return switch (registration.check(raw, attested)) {
      case KeyRegistration.Invalid(String why) -> throw new Refusal(409, "key-refused", why);
      case KeyRegistration.Valid valid ->
          new PersonKey(
              valid.credentialId(),
              session.person().id(),
              session.person().organisation(),
              valid.credential(),
              valid.counter(),
              now,
              now,
              false,
              label);
    };
  }

  private static void told(Exchange exchange, Keys.Registration registration) {
    exchange.send(
        switch (registration) {
          case Keys.Registered(PersonKey key) -> Answer.json(201, view(key));
          case Keys.Waits(var proposal) ->
              Answer.json(202, Value.object("waitsFor", proposal.value()));
          case Keys.Refused(String why) -> throw new Refusal(409, "key-refused", why);
        });
  }

  private static Fields fields(Exchange exchange, Set<String> known) {
    exchange.onlyQuery(Set.of());
    return new Fields(Json.parseObject(exchange.jsonBody()), known);
  }

  private static Value.Obj view(PersonKey key) {
    return Value.object(
        "credentialId", key.credentialId(),
        "label", key.label(),
        "registeredAt", key.registeredAt().toString(),
        "activeFrom", key.activeFrom().toString(),
        "isRemoved", key.isRemoved(),
        "aaguid", key.aaguid().orElse(""));
  }

  private static Value algorithm(int cose) {
    return Value.object("type", "public-key", "alg", cose);
  }

  /** Says nothing of the person to whoever finds the authenticator. */
  private static String userHandle(Person person) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Sha256.raw(("remit-user\n" + person.id().text()).getBytes(StandardCharsets.UTF_8)));
  }
}
