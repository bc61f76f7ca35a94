package dev.remit.lab.estate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Sixteen to twenty devices for each company. */
final class SeedDevices {
  private SeedDevices() {}

  static List<Device> all(List<Organization> organizations, Random random) {
    List<Device> devices = new ArrayList<>();
    for (Organization organization : organizations) {
      int count = 16 + random.nextInt(5);
      for (int place = 1; place <= count; place++) {
        devices.add(device(organization, place, random));
      }
    }
    return List.copyOf(devices);
  }

  private static NodeRole role(int place) {
    return switch (place) {
      case WellKnown.DOMAIN_CONTROLLER -> NodeRole.DOMAIN_CONTROLLER;
      case WellKnown.HYPERVISOR -> NodeRole.HYPERVISOR;
      case WellKnown.DATABASE_SERVER -> NodeRole.DATABASE;
      case WellKnown.FILE_SERVER, 14 -> NodeRole.SERVER;
      default -> NodeRole.WORKSTATION;
    };
  }

  private static Device device(Organization organization, int place, Random random) {
    NodeRole role = role(place);
    String name = name(organization, place, role);
    boolean offline = place == WellKnown.OFFLINE_WORKSTATION;
    List<Organization.Location> sites = organization.locations();
    int site = place <= 3 ? 0 : random.nextInt(sites.size());
    Instant boot = WellKnown.SEEDED_AT.minus(Duration.ofMinutes(random.nextInt(60 * 24 * 20)));
    return new Device(
        WellKnown.device(organization.id(), place),
        Seed.uuid(random),
        organization.id(),
        sites.get(site).id(),
        role,
        name,
        name + "-" + Integer.toString(0x1000 + random.nextInt(0xEFFF), 16),
        role == NodeRole.WORKSTATION
            ? "Windows 11 Professional Edition"
            : "Windows Server 2022 Standard Edition",
        serial(random),
        "10." + organization.id() + "." + site + "." + (10 + place),
        String.format(Locale.ROOT, "02:00:00:%02X:%02X:%02X", organization.id(), site, place),
        offline,
        WellKnown.SEEDED_AT,
        WellKnown.SEEDED_AT.plusSeconds(random.nextInt(3600)),
        boot,
        boot);
  }

  private static String name(Organization organization, int place, NodeRole role) {
    String prefix =
        switch (organization.id()) {
          case WellKnown.HARBOR_DENTAL -> "HD";
          case WellKnown.NORTHWIND_LEGAL -> "NL";
          default -> "SF";
        };
    return switch (role) {
      case DOMAIN_CONTROLLER -> prefix + "-DC-01";
      case HYPERVISOR -> prefix + "-HV-01";
      case DATABASE -> prefix + "-SQL-01";
      case SERVER -> prefix + "-SRV-0" + (place - WellKnown.FILE_SERVER + 1);
      case WORKSTATION -> workstation(prefix, place);
    };
  }

  private static String workstation(String prefix, int place) {
    return switch (place) {
      case WellKnown.WORKSTATION -> "RECEPTION-01";
      case WellKnown.TWIN_A, WellKnown.TWIN_B -> prefix + "-FRONTDESK";
      default -> String.format(Locale.ROOT, "%s-WS-%02d", prefix, place);
    };
  }

  private static String serial(Random random) {
    StringBuilder serial = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      serial.append("BCDFGHJKLMNPQRSTVWXZ23456789".charAt(random.nextInt(28)));
    }
    return serial.toString();
  }
}
