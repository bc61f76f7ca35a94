package dev.remit.lab.estate;

import java.time.Instant;

/** The ids that demos and tests may rely on; the same for every seed. */
public final class WellKnown {
  public static final int HARBOR_DENTAL = 1;
  public static final int NORTHWIND_LEGAL = 2;
  public static final int SUMMIT_FREIGHT = 3;

  /**
   * Added to an organisation's id times 1000: a workstation whose Spooler hangs (Harbor) or is
   * stopped.
   */
  public static final int WORKSTATION = 1;

  /** Two workstations of one organisation with the same display name. */
  public static final int TWIN_A = 2;

  public static final int TWIN_B = 3;

  /** A workstation that has been offline for weeks. */
  public static final int OFFLINE_WORKSTATION = 5;

  public static final int DOMAIN_CONTROLLER = 10;
  public static final int HYPERVISOR = 11;
  public static final int DATABASE_SERVER = 12;
  public static final int FILE_SERVER = 13;

  /** The vendor's user that acts of the MSP's API client are written under. */
  public static final int API_USER = 9001;

  /** The service of the demo. */
  public static final String SPOOLER = "Spooler";

  /** The moment all seeded records come from. */
  public static final Instant SEEDED_AT = Instant.parse("2025-01-06T08:00:00Z");

  private WellKnown() {}

  /**
   * A well-known device of an organisation: Harbor's domain controller is {@code device(1, 10) ==
   * 1010}.
   */
  public static int device(int organizationId, int place) {
    return organizationId * 1000 + place;
  }
}
