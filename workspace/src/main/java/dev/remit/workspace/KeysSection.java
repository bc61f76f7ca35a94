package dev.remit.workspace;

import dev.remit.core.identity.Organisation;
import dev.remit.core.release.KeyModels;
import dev.remit.core.tenant.TenantId;
import dev.remit.workspace.Names.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code keys:} of {@code remit.yaml}: of which models the keys are that people register, for the
 * organisation's own people and for those of clients.
 */
final class KeysSection {
  private static final Form AAGUID =
      Form.matching(
          "an aaguid in lower case, such as cb69481e-8ff7-4039-93ec-0a2729a154a8",
          "cb69481e-8ff7-4039-93ec-0a2729a154a8",
          "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private KeysSection() {}

  static KeyModels read(Section remit, Names names) {
    var allowed = new HashMap<Organisation, Set<String>>();
    remit
        .optionalSection("keys")
        .ifPresent(keys -> {
          if (keys.has("aaguids") || !keys.has("clients")) {
            models(keys, new Organisation.Msp(), allowed);
          }
          if (keys.has("clients")) {
            keys.named("clients", Form.SLUG)
                .forEach((name, client) -> {
                  names.refer(Kind.TENANT, name, client.origin());
                  models(client, new Organisation.Client(new TenantId(name)), allowed);
                  client.close();
                });
          }
          keys.close();
        });
    return new KeyModels(allowed);
  }

  private static void models(
      Section section, Organisation organisation, Map<Organisation, Set<String>> allowed) {
    allowed.put(
        organisation,
        section.texts("aaguids", AAGUID).stream()
            .map(Section.Located::text)
            .collect(Collectors.toUnmodifiableSet()));
  }
}
