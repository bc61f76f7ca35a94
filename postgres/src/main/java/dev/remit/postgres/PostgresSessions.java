package dev.remit.postgres;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** {@link PersonSessions} in PostgreSQL; all replicas see one another's. */
public final class PostgresSessions implements PersonSessions {

  private static final String CLIENT = "client/";

  /** So long a code that comes a second time is known as such. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Database database;

  public PostgresSessions(Database database) {
    this.database = database;
  }

  @Override
  public void begin(Stored session) {
    database.rows(
        "insert into remit.person_session (digest, kind, issuer, subject, person, started_at,"
            + " idle_at, ends_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        params ->
            params
                .text(session.digest())
                .text(session.kind().name().toLowerCase(Locale.ROOT))
                .text(session.person().id().issuer())
                .text(session.person().id().subject())
                .text(CanonicalJson.text(form(session.person())))
                .at(session.startedAt())
                .at(session.idleAt())
                .at(session.endsAt()),
        row -> true);
  }

  @Override
  public Optional<Stored> find(String digest, Instant at) {
    return Database.first(
        database.rows(
            "select * from remit.person_session where digest = ? and idle_at > ? and ends_at > ?",
            params -> params.text(digest).at(at).at(at),
            PostgresSessions::read));
  }

  @Override
  public void used(String digest, Instant idleAt) {
    database.rows(
        "update remit.person_session set idle_at = ? where digest = ? and idle_at < ?",
        params -> params.at(idleAt).text(digest).at(idleAt),
        row -> true);
  }

  @Override
  public void end(String digest) {
    database.rows(
        "delete from remit.person_session where digest = ?",
        params -> params.text(digest),
        row -> true);
  }

  @Override
  public int endAll(PersonId person) {
    database.rows(
        "delete from remit.cli_offer where issuer = ? and subject = ? and session is null",
        params -> params.text(person.issuer()).text(person.subject()),
        row -> true);
    return database
        .rows(
            "delete from remit.person_session where issuer = ? and subject = ? returning digest",
            params -> params.text(person.issuer()).text(person.subject()),
            row -> true)
        .size();
  }

  @Override
  public void sweep(Instant at) {
    database.rows(
        "delete from remit.person_session where ends_at <= ? or idle_at <= ?",
        params -> params.at(at).at(at),
        row -> true);
    database.rows(
        "delete from remit.cli_offer where ends_at <= ?",
        params -> params.at(at.minus(REMEMBERED)),
        row -> true);
  }

  @Override
  public void offer(Offer offer) {
    database.rows(
        "insert into remit.cli_offer (digest, issuer, subject, person, challenge, redirect,"
            + " ends_at) values (?, ?, ?, ?, ?, ?, ?)",
        params ->
            params
                .text(offer.digest())
                .text(offer.person().id().issuer())
                .text(offer.person().id().subject())
                .text(CanonicalJson.text(form(offer.person())))
                .text(offer.challenge())
                .text(offer.redirect())
                .at(offer.endsAt()),
        row -> true);
  }

  @Override
  public Taking take(String digest, String session, Instant at) {
    // INVARIANT: one statement takes it, so that of two at once one finds it taken.
    var taken =
        Database.first(
            database.rows(
                "update remit.cli_offer set session = ? where digest = ? and session is null"
                    + " and ends_at > ? returning *",
                params -> params.text(session).text(digest).at(at),
                PostgresSessions::readOffer));
    if (taken.isPresent()) {
      return new Taken(taken.get());
    }
    return Database.first(
            database.rows(
                "select session from remit.cli_offer where digest = ? and session is not null",
                params -> params.text(digest),
                row -> row.text("session")))
        .<Taking>map(TakenBefore::new)
        .orElseGet(NoOffer::new);
  }

  private static Offer readOffer(Row row) throws SQLException {
    return new Offer(
        row.text("digest"),
        person(row),
        row.text("challenge"),
        row.text("redirect"),
        row.at("ends_at"));
  }

  private static Value.Obj form(Person person) {
    var form =
        Value.object(
            "name", person.name(),
            "organisation", person.organisation().text(),
            "groups", Value.texts(new TreeSet<>(person.groups())),
            "signedInAt", person.signedInAt().toString());
    return person.email().isPresent() ? form.with("email", Value.of(person.email().get())) : form;
  }

  private static Stored read(Row row) throws SQLException {
    return new Stored(
        row.text("digest"),
        Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
        person(row),
        row.at("started_at"),
        row.at("idle_at"),
        row.at("ends_at"));
  }

  private static Person person(Row row) throws SQLException {
    var form = row.json("person");
    var groups = new TreeSet<String>();
    for (var item : form.items("groups")) {
      if (item instanceof Value.Text(String group)) {
        groups.add(group);
      }
    }
    return new Person(
        new PersonId(row.text("issuer"), row.text("subject")),
        form.text("name").orElseThrow(),
        organisation(form.text("organisation").orElseThrow()),
        groups,
        form.text("email"),
        Instant.parse(form.text("signedInAt").orElseThrow()));
  }

  /** Reads {@link Organisation#text}. */
  private static Organisation organisation(String text) {
    if (text.equals("msp")) {
      return new Organisation.Msp();
    }
    if (text.startsWith(CLIENT)) {
      return new Organisation.Client(new TenantId(text.substring(CLIENT.length())));
    }
    throw new IllegalStateException("a stored session is of no organisation");
  }
}
