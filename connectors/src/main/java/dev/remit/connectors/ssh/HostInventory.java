package dev.remit.connectors.ssh;

import dev.remit.connectors.common.Settings;
import dev.remit.connectors.ssh.HostException.Kind;
import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.call.Sha256;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records of hosts: what configuration says of them, given out only while the host at that address
 * proves the pinned key.
 *
 * <p>The proof is the key exchange itself (RFC 4253, section 8): whoever answers has signed with
 * the pinned key. A host that answers with another key has no record. The attribute {@code key} is
 * the pinned key's fingerprint.
 */
final class HostInventory {
  private final ConnectorId connector;
  private final String kind;
  private final Set<String> attributes;
  private final Set<String> binding;
  private final List<Host> hosts;
  private final String account;

  private HostInventory(
      ConnectorId connector, String kind, Settings record, List<Host> hosts, String account) {
    this.connector = connector;
    this.kind = kind;
    this.attributes = Set.copyOf(record.texts("attributes"));
    this.binding = Set.copyOf(record.texts("binding"));
    this.hosts = List.copyOf(hosts);
    this.account = account;
    hosts.forEach(this::reading);
  }

  static HostInventory of(
      ConnectorId connector, Settings inventory, List<Host> hosts, String account) {
    var kinds = inventory.object().members().keySet();
    if (kinds.size() != 1) {
      throw new InvalidValueException(inventory.where() + ": name exactly one kind of record");
    }
    var kind = kinds.iterator().next();
    return new HostInventory(connector, kind, inventory.part(kind), hosts, account);
  }

  String kind() {
    return kind;
  }

  /** Records of all hosts that answer with their key; when none answers the system is away. */
  List<Reading> all(Links links) {
    var found = EachHost.of(hosts, host -> isProven(host, links));
    if (found.values().stream().noneMatch(answer -> answer == Answer.PROVEN)
        && found.containsValue(Answer.AWAY)) {
      throw new VendorException("no host answers");
    }
    return hosts.stream()
        .filter(host -> found.get(host) == Answer.PROVEN)
        .map(this::reading)
        .toList();
  }

  Optional<Reading> one(TargetRef target, Links links) {
    if (!target.connector().equals(connector) || !target.kind().equals(kind)) {
      return Optional.empty();
    }
    var host = hosts.stream().filter(one -> one.name().equals(target.id())).findFirst();
    return host.flatMap(one ->
        switch (isProven(one, links)) {
          case PROVEN -> Optional.of(reading(one));
          case FOREIGN -> Optional.<Reading>empty();
          case AWAY -> throw new VendorException("host `" + one.name() + "` does not answer");
        });
  }

  private enum Answer {
    PROVEN,
    FOREIGN,
    AWAY
  }

  private Answer isProven(Host host, Links links) {
    try (var link = links.open(host, account)) {
      return link.host().equals(host) ? Answer.PROVEN : Answer.FOREIGN;
    } catch (HostException e) {
      return e.kind() == Kind.WRONG_KEY ? Answer.FOREIGN : Answer.AWAY;
    }
  }

  private Reading reading(Host host) {
    var facts = Value.Obj.EMPTY;
    for (String name : new TreeSet<>(attributes)) {
      facts = facts.with(name, Value.of(attribute(host, name)));
    }
    var version =
        Sha256.of(
            Value.object(
                "owner",
                host.owner(),
                "address",
                host.address() + ":" + host.port(),
                "key",
                HostKeys.fingerprint(host.key()),
                "facts",
                facts));
    return new Reading(
        new TargetRef(connector, kind, host.name()), host.owner(), facts, binding, version);
  }

  private static String attribute(Host host, String name) {
    var text = name.equals("key") ? HostKeys.fingerprint(host.key()) : host.attributes().get(name);
    if (text == null) {
      throw new InvalidValueException(
          "host `"
              + host.name()
              + "` has no attribute `"
              + name
              + "`: add it to the configuration");
    }
    return text;
  }
}
