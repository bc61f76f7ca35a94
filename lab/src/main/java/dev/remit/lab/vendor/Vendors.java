package dev.remit.lab.vendor;

import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All vendors of the lab; the names of their operations differ. */
public record Vendors(List<Vendor> all) {
  /** What faults and triggers call the issuing of an RMM's token. */
  private static final String TOKEN_ISSUED = "token-issued";

  public Vendors {
    all = List.copyOf(all);
  }

  /** The vendor with the operation; `*` alone means the first one, the RMM. */
  public Vendor of(String operation) {
    if (operation.equals("*") || operation.equals(TOKEN_ISSUED)) {
      return all.getFirst();
    }
    return all.stream()
        .filter(vendor -> vendor.has(operation))
        .findFirst()
        .orElseThrow(() -> Refusal.badRequest("unknown operation `" + operation + "`"));
  }

  /** Forgets tokens, faults, triggers and trap hits everywhere. */
  public void reset() {
    all.forEach(Vendor::reset);
  }

  public void clearFaults() {
    all.forEach(vendor -> vendor.faults().clear());
  }

  public void clearTriggers() {
    all.forEach(vendor -> vendor.triggers().clear());
  }

  /** Each vendor's view by its name. */
  public Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>(Json.object());
    all.forEach(vendor -> view.put(vendor.name(), vendor.view()));
    return view;
  }
}
