package dev.remit.server;

import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/** How the log is told of a policy version that was put in force. */
final class Activations {

  private Activations() {}

  /** The entry of a version that is put in force, and how. */
  static BiFunction<Release, String, Entry> of(SecureIds ids, InstantSource clock) {
    return (release, how) ->
        new Entry(
            ids.id(),
            TenantId.OPERATOR,
            Entry.Kind.POLICY_ACTIVATED,
            Optional.empty(),
            Optional.empty(),
            clock.instant(),
            Value.object(
                "version",
                release.version().value(),
                "how",
                how,
                "authors",
                Value.texts(release.authors().stream().map(PersonId::text).sorted().toList())),
            Value.Obj.EMPTY,
            ids.salt());
  }
}
