package dev.remit.server;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.log.CosignatureVerifier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.server.witness.WitnessSite;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Witnesses that the server asks to cosign, as its own configuration says.
 *
 * <p>In the configuration file: {@code "witnesses": [{"key", "url", "tenants"}]}; {@code key} is
 * the verifier key that {@code remit witness} prints, and without {@code tenants} it is shown all
 * logs.
 */
record OutsideWitnesses(List<WitnessSite> sites) {

  OutsideWitnesses {
    sites = List.copyOf(sites);
  }

  static OutsideWitnesses configured(Value.Obj file) {
    var sites = new ArrayList<WitnessSite>();
    var names = new HashSet<String>();
    for (var item : file.items("witnesses")) {
      if (!(item instanceof Value.Obj witness)) {
        throw new InvalidValueException("a witness is an object with `key` and `url`");
      }
      var site = site(witness);
      if (!names.add(site.key().name().value())) {
        throw new InvalidValueException(
            "witness `" + site.key().name() + "` is listed twice: list it once");
      }
      sites.add(site);
    }
    return new OutsideWitnesses(sites);
  }

  private static WitnessSite site(Value.Obj witness) {
    try {
      return new WitnessSite(
          CosignatureVerifier.parse(need(witness, "key")),
          address(need(witness, "url")),
          tenants(witness));
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException("the `key` of a witness: " + e.getMessage());
    }
  }

  private static URI address(String url) {
    // What it answers can stop a tenant: nobody on the way may answer in its place.
    boolean isLocal =
        url.matches("http://(127\\.0\\.0\\.1|\\[::1]|localhost)(:[0-9]{1,5})?(/[^\\s?#]*)?");
    if (!isLocal && !url.matches("https://[^\\s?#]{1,300}")) {
      throw new InvalidValueException(
          "the `url` of a witness must be an https address, or http on loopback");
    }
    return URI.create(url);
  }

  private static Set<TenantId> tenants(Value.Obj witness) {
    var tenants = new HashSet<TenantId>();
    for (var item : witness.items("tenants")) {
      if (item instanceof Value.Text(String tenant)) {
        tenants.add(new TenantId(tenant));
      }
    }
    if (witness.get("tenants").isPresent() && tenants.isEmpty()) {
      throw new InvalidValueException(
          "`tenants` of a witness names no tenant: leave it out to show it all logs");
    }
    return tenants;
  }

  private static String need(Value.Obj object, String name) {
    return object
        .text(name)
        .orElseThrow(() -> new InvalidValueException("a witness needs `" + name + "`"));
  }
}
