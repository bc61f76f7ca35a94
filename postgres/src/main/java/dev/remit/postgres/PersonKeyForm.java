package dev.remit.postgres;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;

/** How a person's key lies in a row, and what of it is sealed. */
final class PersonKeyForm {

  private PersonKeyForm() {}

  static PersonKey read(Row row) throws SQLException {
    return new PersonKey(
        row.text("credential_id"),
        person(row.text("person")),
        organisation(row.text("organisation")),
        row.text("credential"),
        row.number("counter"),
        row.at("registered_at"),
        row.at("active_from"),
        row.optionalText("removed_at").isPresent(),
        row.text("label"));
  }

  /** Everything but the counter, at the store's precision. */
  static Value.Obj sealed(PersonKey key, boolean isRemoved) {
    return Value.object(
        "key", key.credentialId(),
        "person", key.person().text(),
        "organisation", key.organisation().text(),
        "credential", key.credential(),
        "registeredAt", key.registeredAt().truncatedTo(ChronoUnit.MICROS).toString(),
        "activeFrom", key.activeFrom().truncatedTo(ChronoUnit.MICROS).toString(),
        "isRemoved", isRemoved,
        "label", key.label());
  }

  /** An issuer's name has no slash; a subject may. */
  static PersonId person(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalStateException("a stored row cannot be read");
    }
    return new PersonId(text.substring(0, slash), text.substring(slash + 1));
  }

  static Organisation organisation(String text) {
    return text.equals("msp")
        ? new Organisation.Msp()
        : new Organisation.Client(new TenantId(text.substring("client/".length())));
  }

  /** The tenant in whose rows an organisation's keys lie. */
  static String tenantOf(Organisation organisation) {
    return switch (organisation) {
      case Organisation.Msp() -> TenantId.OPERATOR.value();
      case Organisation.Client(TenantId tenant) -> tenant.value();
    };
  }

  static Params noEntry(Params params) throws SQLException {
    for (int i = 0; i < 4; i++) {
      params.text((String) null);
    }
    return params
        .at(java.util.Optional.empty())
        .text((String) null)
        .text((String) null)
        .text((String) null);
  }

  static Params entry(Params params, java.util.Optional<Entry> entry) throws SQLException {
    return entry.isPresent() ? params.entry(entry.get()) : noEntry(params);
  }
}
