package dev.remit.lab.estate;

import dev.remit.lab.estate.Organization.Location;
import java.util.List;

/** The three client companies and their sites; the same for every seed. */
final class SeedOrganizations {
  private SeedOrganizations() {}

  static List<Organization> all() {
    return List.of(
        new Organization(
            WellKnown.HARBOR_DENTAL,
            "harbor-dental",
            "Harbor Dental",
            List.of(
                new Location(11, 1, "Harbor Street Clinic", "4 Harbor Street, Portland"),
                new Location(12, 1, "Eastside Clinic", "210 Cedar Avenue, Portland"))),
        new Organization(
            WellKnown.NORTHWIND_LEGAL,
            "northwind-legal",
            "Northwind Legal",
            List.of(
                new Location(21, 2, "Head Office", "88 Court Square, Albany"),
                new Location(22, 2, "Archive", "3 Mill Lane, Troy"))),
        new Organization(
            WellKnown.SUMMIT_FREIGHT,
            "summit-freight",
            "Summit Freight",
            List.of(
                new Location(31, 3, "Depot North", "1 Ridge Road, Denver"),
                new Location(32, 3, "Depot South", "57 Rail Yard, Pueblo"),
                new Location(33, 3, "Office", "900 Summit Boulevard, Denver"))));
  }
}
