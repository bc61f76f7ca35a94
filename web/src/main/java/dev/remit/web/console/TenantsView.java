package dev.remit.web.console;

import java.util.List;
import java.util.Optional;

/** The tenants a reader may see. */
public record TenantsView(List<Row> rows, Optional<String> next) {

  public TenantsView {
    rows = List.copyOf(rows);
  }

  /** One tenant. */
  public record Row(
      Tenancy.Choice tenant,
      Optional<String> approvers,
      List<String> windows,
      List<String> openWindows,
      List<String> systems,
      boolean isKilled) {
    public Row {
      windows = List.copyOf(windows);
      openWindows = List.copyOf(openWindows);
      systems = List.copyOf(systems);
    }
  }
}
