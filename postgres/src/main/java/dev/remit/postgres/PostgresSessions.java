package dev.remit.postgres;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** {@link PersonSessions} in PostgreSQL; all replicas see one another's. */
public final class PostgresSessions implements PersonSessions {

  private static final String CLIENT = "client/";

  private final Database database;

  public PostgresSessions(Database database) {
    this.database = database;
  }

  @Override
  public void begin(Stored session) {
    database.rows(
        "insert into remit.person_session (digest, issuer, subject, person, started_at, idle_at,"
            + " ends_at) values (?, ?, ?, ?, ?, ?, ?)",
        params ->
            params
                .text(session.digest())
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
    var form = row.json("person");
    var groups = new TreeSet<String>();
    for (var item : form.items("groups")) {
      if (item instanceof Value.Text(String group)) {
        groups.add(group);
      }
    }
    return new Stored(
        row.text("digest"),
        new Person(
            new PersonId(row.text("issuer"), row.text("subject")),
            form.text("name").orElseThrow(),
            organisation(form.text("organisation").orElseThrow()),
            groups,
            form.text("email"),
            Instant.parse(form.text("signedInAt").orElseThrow())),
        row.at("started_at"),
        row.at("idle_at"),
        row.at("ends_at"));
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
