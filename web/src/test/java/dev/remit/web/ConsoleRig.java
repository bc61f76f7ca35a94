package dev.remit.web;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.identity.Person;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.people.PeopleDesk;
import dev.remit.web.people.SessionTimes;
import dev.remit.web.people.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.SplittableRandom;

/** The console over {@link ConsoleEstate}, on real listeners. */
final class ConsoleRig implements AutoCloseable {

  final ConsoleEstate estate = new ConsoleEstate();
  final FakeDesk desk = new FakeDesk();
  final RemitWeb web;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Sessions sessions =
      new Sessions(
          desk.sessions, Team::people, SessionTimes.DEFAULT, desk.clock, new SplittableRandom(3));

  ConsoleRig() {
    var fake = desk.desk();
    var people =
        new PeopleDesk(
            fake.sessions(),
            fake.signIn(),
            estate::release,
            estate,
            fake.keys(),
            fake.killSwitch(),
            fake.taskDesk(),
            fake.ownCalls(),
            fake.overseeing(),
            fake.registration(),
            fake.firstKeys(),
            fake.times(),
            fake.site());
    web =
        RemitWeb.start(
            WireConfig.loopback(0, 0),
            new Behind(
                new FakeGateway(),
                tenant -> {
                  throw new IllegalStateException("nobody asks");
                },
                estate,
                new FakeLogs(),
                (token, at) -> new dev.remit.core.identity.Authenticator.Refused("none"),
                OperatorToken.of(Rig.OPERATOR),
                people,
                () -> true,
                desk.clock,
                new SplittableRandom(7),
                Telemetry.silent(new SplittableRandom(7))));
  }

  String origin() {
    return web.peopleSite().origin();
  }

  /** The value of the session's cookie of somebody who has signed in. */
  String session(Person person) {
    String cookie = sessions.begin(person, Optional.empty());
    return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
  }

  /** What somebody who is signed in gets. */
  Rig.Reply get(Person person, String path) {
    return get(path, "__Host-remit=" + session(person));
  }

  /** What a browser with these cookies gets. */
  Rig.Reply get(String path, String cookies) {
    return send("GET", path, cookies);
  }

  /** A form of a page of ours, with the session's token before {@code fields}. */
  Rig.Reply form(Person person, String path, String fields) {
    var session = session(person);
    var csrf = get("/v1/me", "__Host-remit=" + session).json().text("csrf").orElseThrow();
    return form(session, origin(), path, "csrf=" + csrf + fields);
  }

  /** A form of a page from this origin. */
  Rig.Reply form(String session, String from, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(origin() + path))
            .header("Cookie", "__Host-remit=" + session)
            .header("Origin", from)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  Rig.Reply send(String method, String path, String cookies) {
    return send(
        HttpRequest.newBuilder(URI.create(origin() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Cookie", cookies)
            .build());
  }

  private Rig.Reply send(HttpRequest request) {
    try {
      return new Rig.Reply(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Registers keys for somebody: one that counts, and one that does not count yet. */
  void giveKeys(Person person) {
    desk.keys.stored.add(key(person, "a2V5LTE", "office laptop", 0));
    desk.keys.stored.add(key(person, "a2V5LTI", "blue key", 60 * 3600));
  }

  private static PersonKey key(Person person, String id, String label, int later) {
    return new PersonKey(
        id,
        person.id(),
        person.organisation(),
        "public",
        0,
        Samples.NOW.minusSeconds(86_400),
        Samples.NOW.plusSeconds(later),
        false,
        label);
  }

  @Override
  public void close() {
    http.close();
    web.close();
  }
}
