package dev.remit.web.console;

import dev.remit.core.identity.Person;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.http.Refusal;
import dev.remit.web.people.Rights;
import dev.remit.web.people.Rights.Verb;
import java.util.Comparator;
import java.util.List;

/**
 * What one reader may see under the version in force.
 *
 * <p>A tenant that is not the reader's and one that does not exist are answered alike, by the same
 * work.
 */
record Sight(Person person, Release release) {

  /** The tenants at which the reader may do this, by name. */
  List<Tenant> tenants(Verb verb) {
    var rights = new Rights(release.people());
    return release.tenants().values().stream()
        .filter(tenant -> rights.may(person, verb, tenant.id()))
        .sorted(Comparator.comparing(Tenant::name).thenComparing(tenant -> tenant.id().value()))
        .toList();
  }

  /** Whether the reader may see what concerns the installation as a whole. */
  boolean isOfInstallation() {
    return new Rights(release.people()).may(person, Verb.READ_INSTALLATION);
  }

  /** The tenant of this name, if the reader may do this there; else nothing is there. */
  Tenant tenant(String name, Verb verb) {
    return tenants(verb).stream()
        .filter(tenant -> tenant.id().value().equals(name))
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  /** The tenant a page is about, beside the others it could be about. */
  Tenancy tenancy(Tenant chosen, Verb verb, String base) {
    var all = tenants(verb);
    return new Tenancy(
        choice(chosen),
        all.stream().limit(Tenancy.MOST).map(Sight::choice).toList(),
        all.size() > Tenancy.MOST,
        base);
  }

  /** A tenant's name; its id where the version does not know it. */
  String nameOf(TenantId id) {
    var tenant = release.tenants().get(id);
    return tenant == null ? id.value() : tenant.name();
  }

  static Tenancy.Choice choice(Tenant tenant) {
    return new Tenancy.Choice(tenant.id(), tenant.name());
  }
}
