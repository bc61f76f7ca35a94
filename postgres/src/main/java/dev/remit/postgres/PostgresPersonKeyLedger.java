package dev.remit.postgres;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.identity.PersonId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@link PersonKeyLedger} in PostgreSQL. A row whose seal does not hold is no key: it was not
 * written by a server of this installation.
 */
public final class PostgresPersonKeyLedger implements PersonKeyLedger {

  private final Database database;
  private final RowSeal seal;

  public PostgresPersonKeyLedger(Database database, RowSeal seal) {
    this.database = database;
    this.seal = seal;
  }

  @Override
  public boolean registerFirst(PersonKey key, Entry entry) {
    return register(key, Optional.empty(), Optional.empty(), entry);
  }

  @Override
  public boolean register(PersonKey key, Proposal proposal, Entry resolution, Entry entry) {
    return register(key, Optional.of(proposal), Optional.of(resolution), entry);
  }

  private boolean register(
      PersonKey key, Optional<Proposal> proposal, Optional<Entry> resolution, Entry entry) {
    var tenant = PersonKeyForm.tenantOf(key.organisation());
    if (!entry.tenant().value().equals(tenant)) {
      throw new IllegalStateException("a key is told in the log of its organisation");
    }
    return database.row(
        "select remit.register_key("
            + "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_registered",
        params -> {
          params
              .text(tenant)
              .text(key.credentialId())
              .text(key.person().text())
              .text(key.organisation().text())
              .text(key.credential())
              .number(key.counter())
              .at(key.registeredAt())
              .at(key.activeFrom())
              .text(key.label())
              .text(seal.of(PersonKeyForm.sealed(key, false)))
              .text(proposal.map(p -> p.tenant().value()))
              .text(proposal.map(p -> p.id().value()));
          PersonKeyForm.entry(params, resolution).entry(entry);
        },
        row -> row.claim("is_registered"));
  }

  @Override
  public Optional<PersonKey> find(String credentialId) {
    return keys(Optional.of(credentialId), Optional.empty()).stream().findFirst();
  }

  @Override
  public List<PersonKey> of(PersonId person) {
    return keys(Optional.empty(), Optional.of(person.text()));
  }

  private List<PersonKey> keys(Optional<String> credentialId, Optional<String> person) {
    return database
        .rows(
            "select * from remit.keys_of(?, ?)",
            params -> params.text(credentialId).text(person),
            this::sealed)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<PersonKey> sealed(Row row) throws SQLException {
    var key = PersonKeyForm.read(row);
    return seal.holds(PersonKeyForm.sealed(key, key.isRemoved()), row.text("seal"))
        ? Optional.of(key)
        : Optional.empty();
  }

  @Override
  public boolean remove(String credentialId, Instant at, Entry entry) {
    var key = find(credentialId).filter(found -> !found.isRemoved());
    return key.isPresent()
        && database.row(
            "select remit.remove_key(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_removed",
            params ->
                params
                    .text(credentialId)
                    .at(at)
                    .text(seal.of(PersonKeyForm.sealed(key.get(), true)))
                    .text(PersonKeyForm.tenantOf(key.get().organisation()))
                    .entry(entry),
            row -> row.claim("is_removed"));
  }

  @Override
  public boolean isEmpty() {
    return !database.row(
        "select remit.has_keys() as has_keys", Params.Binding.NONE, row -> row.claim("has_keys"));
  }
}
