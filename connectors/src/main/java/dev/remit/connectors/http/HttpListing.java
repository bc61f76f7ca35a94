package dev.remit.connectors.http;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Settings;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.lease.Credential;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A list as an HTTP system shows it, page by page. One that does not end, or repeats itself, is
 * refused.
 */
final class HttpListing {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MOST_PAGES = 1_000;

  private final VendorApi vendor;
  private final PathTemplate list;
  private final Optional<Pointer> items;
  private final Optional<Paging> paging;

  HttpListing(Settings settings, VendorApi vendor) {
    this.vendor = vendor;
    this.list = RequestTemplate.path(settings);
    this.items = settings.optionalPointer("items");
    this.paging = settings.optionalPart("page").map(Paging::of);
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

  /** All records of all pages. */
  List<Value> all(Credential credential) {
    var all = new ArrayList<Value>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      var records = page(after, credential);
      all.addAll(records);
      if (paging.isEmpty() || records.size() < paging.get().size()) {
        return List.copyOf(all);
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
}
