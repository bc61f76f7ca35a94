package dev.remit.lab.people;

import dev.remit.lab.estate.Seed;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Endpoint;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.oidc.KeyStore;
import dev.remit.lab.oidc.SigningKeys;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** All issuers of people on one listener, each below the name of its organisation. */
public final class PeopleIssuers {
  private final Map<String, PeopleIssuer> issuers = new LinkedHashMap<>();
  private final UnaryOperator<String> secrets;
  private final RedirectUris redirects;

  /**
   * Makes them.
   *
   * @param keys where the keys of an organisation's issuer are kept
   * @param secrets the client's secret at an organisation's issuer
   */
  public PeopleIssuers(
      Seed seed,
      InstantSource clock,
      Function<String, KeyStore> keys,
      UnaryOperator<String> secrets,
      RedirectUris redirects) {
    this.secrets = secrets;
    this.redirects = redirects;
    SeedAccounts.all(seed)
        .forEach((name, accounts) -> {
          SigningKeys own = new SigningKeys(keys.apply(name));
          issuers.put(
              name,
              new PeopleIssuer(
                  name, own, secrets.apply(name), new Accounts(accounts), redirects, clock));
        });
  }

  /** The organisations that have one. */
  public static List<String> organisations(Seed seed) {
    return List.copyOf(SeedAccounts.all(seed).keySet());
  }

  /** Sets the issuers' URLs once the port is known. */
  public void at(String base) {
    issuers.forEach((name, issuer) -> issuer.at(base + "/" + name));
  }

  /** The issuer, or 404. */
  public PeopleIssuer issuer(String organisation) {
    PeopleIssuer issuer = issuers.get(organisation);
    if (issuer == null) {
      throw Refusal.notFound("no organisation `" + organisation + "`");
    }
    return issuer;
  }

  public RedirectUris redirects() {
    return redirects;
  }

  /** Accounts back to the seed; forms, codes and faults forgotten. */
  public void reset() {
    issuers.values().forEach(PeopleIssuer::reset);
  }

  /** Puts the endpoints on a listener. */
  public void routing(HttpRouting.Builder routing) {
    issuers.forEach((name, issuer) -> {
      String at = "/" + name;
      routing.get(
          at + "/.well-known/openid-configuration", handler(call -> Reply.ok(issuer.discovery())));
      routing.get(at + "/jwks", handler(call -> Reply.ok(issuer.publicKeys())));
      routing.get(at + "/authorize", handler(issuer::authorize));
      routing.post(at + "/login", handler(issuer::login));
      routing.post(at + "/token", handler(issuer::token));
      routing.get(at + "/style.css", PeopleIssuers::style);
    });
    routing.any((req, res) -> Refusal.notFound("no such endpoint").reply().send(res));
  }

  private static void style(
      io.helidon.webserver.http.ServerRequest req, io.helidon.webserver.http.ServerResponse res) {
    res.header("Content-Type", "text/css; charset=utf-8");
    res.send(LoginPage.style().getBytes(StandardCharsets.UTF_8));
  }

  private static Handler handler(Endpoint endpoint) {
    return (req, res) -> {
      Reply reply;
      try {
        reply = endpoint.answer(Call.read(req));
      } catch (Refusal e) {
        reply = e.reply();
      }
      reply.send(res);
    };
  }

  /** For the lab's description: where each issuer is, its client, and who is there. */
  public Map<String, Object> description() {
    Map<String, Object> all = new LinkedHashMap<>();
    issuers.forEach((name, issuer) ->
        all.put(
            name,
            Json.object(
                "name",
                issuer.workspaceName(),
                "issuer",
                issuer.name(),
                "clientId",
                PeopleIssuer.CLIENT,
                "clientSecret",
                secrets.apply(name),
                "jwksUri",
                issuer.name() + "/jwks",
                "redirectUris",
                redirects.of(issuer.workspaceName()),
                "accounts",
                accounts(issuer))));
    return all;
  }

  /** Who is at each issuer now, for the control API. */
  public Map<String, Object> state() {
    Map<String, Object> all = new LinkedHashMap<>();
    issuers.forEach((name, issuer) -> all.put(name, accounts(issuer)));
    return all;
  }

  private static List<Map<String, Object>> accounts(PeopleIssuer issuer) {
    return issuer.accounts().all().stream().map(PeopleIssuers::view).toList();
  }

  /** An account as JSON. */
  public static Map<String, Object> view(Account account) {
    return Json.object(
        "subject", account.subject(),
        "name", account.name(),
        "email", account.email(),
        "title", account.title(),
        "groups", List.copyOf(account.groups()),
        "active", account.isActive());
  }
}
