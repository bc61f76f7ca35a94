package dev.remit.workspace;

import dev.remit.core.identity.EnforcementPoint;
import dev.remit.core.identity.EnforcementPointId;
import dev.remit.core.identity.LogReader;
import dev.remit.core.release.PolicyPeers;
import dev.remit.core.release.PolicyPeers.SecondPoint;
import dev.remit.core.tenant.TenantId;
import dev.remit.workspace.Names.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code enforcement-points}, {@code opa} and {@code log-readers} of {@code remit.yaml}: who asks
 * what policy says, which decision point is asked beside Cedar, and who reads logs. All may be
 * absent.
 */
final class PeersSection {
  private static final Form PATH =
      Form.matching(
          "names between slashes such as remit/decision",
          "remit/decision",
          "[A-Za-z0-9_]{1,64}(?:/[A-Za-z0-9_]{1,64}){0,15}");
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private PeersSection() {}

  static PolicyPeers read(Section section, Names names, Identities identities) {
    return new PolicyPeers(
        points(section, names, identities),
        section.optionalSection("opa").map(PeersSection::opa),
        readers(section, names, identities));
  }

  private static Map<EnforcementPointId, EnforcementPoint> points(
      Section section, Names names, Identities identities) {
    var all = new HashMap<EnforcementPointId, EnforcementPoint>();
    if (!section.has("enforcement-points")) {
      return all;
    }
    section
        .named("enforcement-points", Form.SLUG)
        .forEach((name, one) -> {
          var id = new EnforcementPointId(name);
          var owner = owner(one, names);
          var proof = ProofKeys.read(one, "enforcement point " + name, names, identities);
          all.put(id, new EnforcementPoint(id, owner, proof, tenants(one, names)));
          one.close();
        });
    return all;
  }

  private static Map<String, LogReader> readers(
      Section section, Names names, Identities identities) {
    var all = new HashMap<String, LogReader>();
    if (section.has("log-readers")) {
      section
          .named("log-readers", Form.SLUG)
          .forEach((name, one) -> {
            var owner = owner(one, names);
            var proof = ProofKeys.read(one, "log reader " + name, names, identities);
            all.put(name, new LogReader(name, owner, proof, tenants(one, names)));
            one.close();
          });
    }
    return all;
  }

  private static String owner(Section one, Names names) {
    var owner = one.text("owner", Form.SLUG);
    names.refer(Kind.OWNER, owner, one.origin("owner"));
    return owner;
  }

  private static Set<TenantId> tenants(Section one, Names names) {
    var tenants = one.texts("tenants", Form.SLUG);
    tenants.forEach(tenant -> names.refer(Kind.TENANT, tenant.text(), tenant.origin()));
    return tenants.stream().map(tenant -> new TenantId(tenant.text())).collect(Collectors.toSet());
  }

  private static SecondPoint opa(Section opa) {
    var point =
        new SecondPoint(
            opa.text("endpoint", Form.PLAIN_NAME), opa.text("path", PATH), opa.duration("within"));
    if (point.within().compareTo(LONGEST) > 0) {
      opa.problem("within", "a decision waits for `opa` at most 5s");
    }
    opa.close();
    return point;
  }
}
