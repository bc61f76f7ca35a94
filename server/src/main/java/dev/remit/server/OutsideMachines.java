package dev.remit.server;

import dev.remit.core.identity.SpiffeId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.TrustedIssuer;
import dev.remit.identity.spiffe.TrustDomain;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom the machines' listener believes, and its TLS, as the server's own configuration says.
 *
 * <p>In the configuration file: {@code "issuers": [{"name", "issuer", "jwksUri", "environments",
 * "audience", "type"}]}, {@code "trustDomains": [{"name", "environments", "audience",
 * "longestHours", "bundle"}]} and {@code "machines": {"address", "port", "hosts", "certificate",
 * "key", "proxies"}}.
 */
record OutsideMachines(List<Domain> domains, Optional<Listening> listening) {

  static final OutsideMachines NONE = new OutsideMachines(List.of(), Optional.empty());

  OutsideMachines {
    domains = List.copyOf(domains);
  }

  /** A trust domain and where its bundle is. */
  record Domain(TrustDomain trusted, Place place) {}

  /** Where a bundle is. */
  sealed interface Place {}

  /** In a file. */
  record InFile(Path file) implements Place {}

  /** At an endpoint that the platform's roots vouch for. */
  record AtWeb(URI address) implements Place {}

  /** At an endpoint that shows this SPIFFE ID; its first bundle is in a file. */
  record AtSpiffe(URI address, SpiffeId endpoint, Path first) implements Place {}

  /** At the Workload API. */
  record AtWorkloadApi(String address) implements Place {}

  /** The listener over TLS. */
  record Listening(
      String address,
      int port,
      Set<String> hosts,
      Path certificate,
      Path key,
      Set<SpiffeId> proxies) {}

  static OutsideMachines configured(Value.Obj file) {
    var domains = new ArrayList<Domain>();
    for (var item : file.items("trustDomains")) {
      if (!(item instanceof Value.Obj domain)) {
        throw new InvalidValueException("a trust domain is an object with `name` and `bundle`");
      }
      domains.add(domain(domain));
    }
    return new OutsideMachines(domains, file.object("machines").map(OutsideMachines::listening));
  }

  private static Domain domain(Value.Obj domain) {
    var name = need(domain, "name");
    var hours = domain.integer("longestHours");
    var trusted =
        new TrustDomain(
            name,
            domain.text("audience").orElse(Outside.AUDIENCE),
            environments(domain, "trust domain `" + name + "`"),
            hours.map(Duration::ofHours).orElse(TrustDomain.USUAL));
    var bundle =
        domain
            .object("bundle")
            .orElseThrow(
                () -> new InvalidValueException("trust domain `" + name + "` needs a `bundle`"));
    return new Domain(trusted, place(bundle, name));
  }

  private static Place place(Value.Obj bundle, String domain) {
    if (bundle.text("workloadApi").isPresent()) {
      return new AtWorkloadApi(need(bundle, "workloadApi"));
    }
    if (bundle.text("url").isEmpty()) {
      return new InFile(Path.of(need(bundle, "file")));
    }
    var address = URI.create(need(bundle, "url"));
    return switch (bundle.text("profile").orElse("")) {
      case "https_web" -> new AtWeb(address);
      case "https_spiffe" ->
          new AtSpiffe(
              address, SpiffeId.parse(need(bundle, "endpoint")), Path.of(need(bundle, "file")));
      default ->
          throw new InvalidValueException(
              "the bundle of `" + domain + "` needs `profile`: https_web or https_spiffe");
    };
  }

  private static Listening listening(Value.Obj machines) {
    var proxies = new HashSet<SpiffeId>();
    texts(machines, "proxies").forEach(text -> proxies.add(SpiffeId.parse(text)));
    var hosts = texts(machines, "hosts");
    if (hosts.isEmpty()) {
      throw new InvalidValueException("`machines` needs `hosts`: the names that clients use");
    }
    return new Listening(
        machines.text("address").orElse("127.0.0.1"),
        Math.toIntExact(machines.integer("port").orElse(8472L)),
        Set.copyOf(hosts),
        Path.of(need(machines, "certificate")),
        Path.of(need(machines, "key")),
        Set.copyOf(proxies));
  }

  /** An issuer of workloads' tokens. */
  static TrustedIssuer issuer(Value.Obj issuer) {
    var name = need(issuer, "name");
    var trusted =
        TrustedIssuer.of(
                need(issuer, "issuer"),
                URI.create(need(issuer, "jwksUri")),
                issuer.text("audience").orElse(Outside.AUDIENCE))
            .within(environments(issuer, "issuer `" + name + "`"));
    return switch (issuer.text("type").orElse("at+jwt")) {
      case "at+jwt" -> trusted;
      case "jwt" -> trusted.withPlainType();
      default ->
          throw new InvalidValueException("issuer `" + name + "` has a `type`: at+jwt or jwt");
    };
  }

  private static Set<Environment> environments(Value.Obj of, String who) {
    var all = new HashSet<Environment>();
    texts(of, "environments").forEach(text -> all.add(Environment.parse(text)));
    if (all.isEmpty()) {
      throw new InvalidValueException(
          who + " needs `environments`: a list of production, staging or test");
    }
    return all;
  }

  private static List<String> texts(Value.Obj object, String name) {
    return object.items(name).stream()
        .map(item -> {
          if (item instanceof Value.Text(String text)) {
            return text;
          }
          throw new InvalidValueException("`" + name + "` is a list of texts");
        })
        .toList();
  }

  private static String need(Value.Obj object, String name) {
    return object
        .text(name)
        .orElseThrow(() -> new InvalidValueException("`" + name + "` is missing in configuration"));
  }
}
