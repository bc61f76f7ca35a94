package dev.remit.lab.estate;

import dev.remit.lab.estate.Service.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The Windows services of a device, after its role. */
final class SeedServices {
  private SeedServices() {}

  static List<Service> of(Device device, Random random) {
    List<Service> services = new ArrayList<>();
    services.add(service(WellKnown.SPOOLER, "Print Spooler", "AUTO_START", spooler(device)));
    services.add(service("W32Time", "Windows Time", "AUTO_START", State.RUNNING));
    services.add(service("Dnscache", "DNS Client", "AUTO_START", State.RUNNING));
    services.add(service("LanmanServer", "Server", "AUTO_START", State.RUNNING));
    services.add(service("RemoteRegistry", "Remote Registry", "DISABLED", State.STOPPED));
    services.add(
        service(
            "wuauserv",
            "Windows Update",
            "DEMAND_START",
            random.nextInt(4) == 0 ? State.RUNNING : State.STOPPED));
    switch (device.role()) {
      case DOMAIN_CONTROLLER -> {
        services.add(
            service("NTDS", "Active Directory Domain Services", "AUTO_START", State.RUNNING));
        services.add(service("DNS", "DNS Server", "AUTO_START", State.RUNNING));
      }
      case HYPERVISOR ->
          services.add(
              service("vmms", "Hyper-V Virtual Machine Management", "AUTO_START", State.RUNNING));
      case DATABASE ->
          services.add(
              service("MSSQL$MAIN", "SQL Server (MAIN)", "AUTO_START_DELAYED", State.RUNNING));
      case SERVER -> services.add(service("DFSR", "DFS Replication", "AUTO_START", State.RUNNING));
      case WORKSTATION ->
          services.add(service("Audiosrv", "Windows Audio", "AUTO_START", State.RUNNING));
    }
    return List.copyOf(services);
  }

  private static State spooler(Device device) {
    if (device.id() % 1000 != WellKnown.WORKSTATION) {
      return State.RUNNING;
    }
    return device.organizationId() == WellKnown.HARBOR_DENTAL ? State.STOP_PENDING : State.STOPPED;
  }

  private static Service service(String name, String display, String startType, State state) {
    return new Service(name, display, display + " service", startType, "LocalSystem", state, false);
  }
}
