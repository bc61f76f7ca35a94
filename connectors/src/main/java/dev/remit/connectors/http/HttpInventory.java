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
 * tenant has; a list that does not end, or repeats itself, is refused.
 */
final class HttpInventory {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MOST_PAGES = 1_000;

  private final ConnectorId connector;
  private final String kind;
  private final VendorApi vendor;
  private final PathTemplate list;
  private final Optional<Pointer> items;
  private final Optional<Paging> paging;
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
    var listing = settings.part("list");
    this.list = RequestTemplate.path(listing);
    this.items = listing.optionalPointer("items");
    this.paging = listing.optionalPart("page").map(Paging::of);
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

  /**
   * How a list is cut into pages.
   *
   * @param after where an item names the mark that the next page starts after
   */
  record Paging(String sizeName, int size, String afterName, Pointer after) {
    static Paging of(Settings settings) {
      return new Paging(
          settings.optionalText("size-name").orElse("pageSize"),
          settings.integer("size", 200, 1, 10_000),
          settings.optionalText("after-name").orElse("after"),
          settings.optionalPointer("after").orElse(Pointer.parse("/id")));
    }
  }

  List<Reading> all(Credential credential) {
    var readings = new ArrayList<Reading>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      var records = page(after, credential);
      records.forEach(item -> readings.add(reading(item)));
      if (paging.isEmpty() || records.size() < paging.get().size()) {
        return List.copyOf(readings);
      }
      var next = paging.get().after().text(records.getLast());
      if (next.isEmpty() || next.equals(after)) {
        throw new VendorException("the vendor's list does not go on after its own mark");
      }
      after = next;
    }
    throw new VendorException("the vendor's list does not end");
  }

  private List<Value> page(Optional<String> after, Credential credential) {
    var more = new LinkedHashMap<String, String>();
    paging.ifPresent(p -> {
      more.put(p.sizeName(), Integer.toString(p.size()));
      after.ifPresent(mark -> more.put(p.afterName(), mark));
    });
    var answer =
        vendor
            .read(vendor.address(list, Value.Obj.EMPTY, more), credential, TIMEOUT, new Cut())
            .orElseThrow(() -> new VendorException("the vendor has no such list"));
    return items.orElse(Pointer.WHOLE).find(answer).orElse(Value.Null.NULL)
            instanceof Value.Array(List<Value> records)
        ? records
        : notAList();
  }

  private static List<Value> notAList() {
    throw new VendorException("the vendor's list is not an array");
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
