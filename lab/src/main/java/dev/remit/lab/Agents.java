package dev.remit.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * The workloads that the issuer knows: class, tenant, environment, grade family; and one
 * orchestrator.
 */
public final class Agents {
  private Agents() {}

  /** All subjects. */
  public static List<String> all() {
    List<String> all = new ArrayList<>();
    for (String tenant : List.of("harbor-dental", "northwind-legal", "summit-freight")) {
      all.add("service-desk." + tenant + ".production.observe");
      all.add("service-desk." + tenant + ".production.change");
    }
    all.add("asset-clerk.harbor-dental.production.observe");
    all.add("device-helper.harbor-dental.production.observe");
    all.add("device-helper.harbor-dental.production.change");
    for (String family : List.of("observe", "change", "destructive")) {
      all.add("identity-desk.harbor-dental.production." + family);
    }
    all.add("triage-reader.production.observe");
    all.add("dispatcher");
    return List.copyOf(all);
  }
}
