package dev.remit.connectors.http;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Sha256;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.lease.Credential;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records of one kind as an HTTP system shows them.
 *
 * <p>Promises: a record counts only under the identifier that it carries itself, so a name where an
 * identifier is meant finds nothing; a record without owner is reported with an empty one, which no
 * tenant has.
 */
final class HttpInventory {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final ConnectorId connector;
  private final String kind;
  private final VendorApi vendor;
  private final HttpListing list;
  private final PathTemplate one;
  private final Pointer id;
  private final Pointer owner;
  private final List<Pointer> version;
  private final Map<String, Pointer> attributes = new LinkedHashMap<>();
  private final Set<String> binding;

  HttpInventory(ConnectorId connector, String kind, Settings settings, VendorApi vendor) {
    this.connector = connector;
    this.kind = kind;
    this.vendor = vendor;
    this.list = new HttpListing(settings.part("list"), vendor);
    this.one = RequestTemplate.path(settings.part("one"));
    this.id = settings.pointer("id");
    this.owner = settings.pointer("owner");
    this.version = settings.pointers("version-from");
    settings
        .optionalPart("attributes")
        .ifPresent(part ->
            part.object()
                .members()
                .keySet()
                .forEach(name -> attributes.put(name, part.pointer(name))));
    this.binding = Set.copyOf(settings.texts("binding"));
  }

  List<Reading> all(Credential credential) {
    return list.all(credential).stream().map(this::reading).toList();
  }

  Optional<Reading> one(String wanted, Credential credential) {
    var address = vendor.address(one, Value.object("id", wanted));
    return vendor
        .read(address, credential, TIMEOUT, new Cut())
        .map(this::reading)
        .filter(reading -> reading.ref().id().equals(wanted));
  }

  private Reading reading(Value record) {
    var name =
        id.text(record)
            .orElseThrow(() -> new VendorException("a record of the vendor has no identifier"));
    var company = owner.text(record).orElse("");
    var facts = new LinkedHashMap<String, Value>();
    attributes.forEach((key, at) -> at.find(record).ifPresent(value -> facts.put(key, value)));
    var read = new Value.Obj(facts);
    return new Reading(
        new TargetRef(connector, kind, name),
        company,
        read,
        binding,
        version(record, company, read));
  }

  /** Covers the owner always; and what the file names, or else all attributes. */
  private String version(Value record, String company, Value.Obj read) {
    var seen = new ArrayList<Value>();
    version.forEach(at -> seen.add(at.find(record).orElse(Value.Null.NULL)));
    return Sha256.of(
        Value.object("owner", company, "record", version.isEmpty() ? read : new Value.Array(seen)));
  }
}
