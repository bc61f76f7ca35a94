package dev.remit.postgres;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.Move;
import dev.remit.core.register.RegisterLedger;
import dev.remit.core.register.Registration;
import dev.remit.core.release.VersionId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@link RegisterLedger} in PostgreSQL, under the exclusive side of the epoch lock: a change waits
 * for the admissions that are committing, and every later one sees it.
 */
public final class PostgresRegisterLedger implements RegisterLedger {

  private final Database database;
  private final RegisterForm form;

  public PostgresRegisterLedger(Database database, RowSeal seal) {
    this.database = database;
    this.form = new RegisterForm(seal);
  }

  @Override
  public List<Registration> all() {
    return database.rows(
        "select * from remit.agent order by agent_class", Params.Binding.NONE, form::read);
  }

  @Override
  public Map<AgentClassId, Long> told() {
    var told = new HashMap<AgentClassId, Long>();
    database
        .rows(
            "select * from remit.agents_told()",
            Params.Binding.NONE,
            row -> Map.entry(new AgentClassId(row.text("agent_class")), row.number("revision")))
        .forEach(one -> told.put(one.getKey(), one.getValue()));
    return told;
  }

  @Override
  public Optional<VersionId> origin() {
    return Database.first(
        database.rows(
            "select version from remit.register_origin",
            Params.Binding.NONE,
            row -> new VersionId(row.text("version"))));
  }

  @Override
  public boolean move(Move move) {
    return database.row(
        "select remit.move_agent(?::json, ?, ?::json) as is_done",
        params -> bind(params, move),
        row -> row.claim("is_done"));
  }

  private Params bind(Params params, Move move) throws java.sql.SQLException {
    return params
        .text(form.move(move))
        .text(move.entry().tenant().value())
        .text(RegisterForm.told(move.entry()));
  }

  @Override
  public boolean launch(Proposal proposal, Entry resolution, Move move) {
    if (!move.entry().tenant().equals(proposal.tenant())) {
      throw new IllegalStateException("a launch and its entry are of one tenant");
    }
    return database.row(
        "select remit.launch_agent(?, ?, ?::json, ?::json, ?::json) as is_done",
        params ->
            params
                .text(proposal.tenant().value())
                .text(proposal.id().value())
                .text(RegisterForm.told(resolution))
                .text(form.move(move))
                .text(RegisterForm.told(move.entry())),
        row -> row.claim("is_done"));
  }

  @Override
  public Signed certify(Move move, PersonId person, String credential, long counter, Instant at) {
    return database.row(
        "select remit.certify_agent(?::json, ?, ?::json, ?, ?, ?, ?) as answer",
        params -> bind(params, move).text(person.text()).text(credential).number(counter).at(at),
        row -> Signed.valueOf(row.text("answer")));
  }

  @Override
  public boolean gone(PersonId person, Instant at, Entry entry) {
    return database.row(
        "select remit.note_gone(?, ?, ?, ?, ?::json) as is_new",
        params ->
            params
                .text(person.text())
                .at(at)
                .text(entry.tenant().value())
                .text(entry.id())
                .text(RegisterForm.told(entry)),
        row -> row.claim("is_new"));
  }

  @Override
  public Set<PersonId> gone() {
    return database
        .rows(
            "select remit.persons_gone() as person",
            Params.Binding.NONE,
            row -> PersonKeyForm.person(row.text("person")))
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public int noteUses(int leaves) {
    return Math.toIntExact(
        database.row(
            "select remit.note_agent_uses(?) as many",
            params -> params.number(leaves),
            row -> row.number("many")));
  }

  @Override
  public List<Use> uses(AgentClassId agentClass, Instant since) {
    return database.rows(
        "select * from remit.uses_of_agent(?, ?)",
        params -> params.text(agentClass.value()).at(since),
        row ->
            new Use(
                row.text("agent"), row.text("task_class"), row.text("tool"), row.at("last_at")));
  }
}
