package dev.remit.lab.rmm;

import dev.remit.lab.estate.Activity;
import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Host;
import dev.remit.lab.estate.Job;
import dev.remit.lab.estate.NodeRole;
import dev.remit.lab.estate.Organization;
import dev.remit.lab.estate.Rings;
import dev.remit.lab.estate.Service;
import dev.remit.lab.estate.WellKnown;
import dev.remit.lab.http.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Records in the words of NinjaOne's API: `Device`, `WindowsService`, `Job`, `Activity`,
 * `Organization`.
 */
public final class Views {
  private Views() {}

  /** Seconds since 1970 with a fraction: the vendor's `number double`. */
  public static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }

  static Map<String, Object> organization(Organization organization) {
    return Json.object(
        "id", organization.id(),
        "name", organization.name(),
        "description", organization.slug(),
        "nodeApprovalMode", "AUTOMATIC");
  }

  static Map<String, Object> location(Organization.Location location, boolean withOrganization) {
    return Json.object(
        "id", location.id(),
        "name", location.name(),
        "address", location.address(),
        "organizationId", withOrganization ? location.organizationId() : null);
  }

  static Map<String, Object> role(NodeRole role) {
    return Json.object(
        "id", role.id(), "name", role.label(), "nodeClass", role.nodeClass(), "custom", true);
  }

  /** `NodeWithDetailedReferences`, as lists have it. */
  public static Map<String, Object> node(
      Device device, Organization organization, Host host, InstantSource clock) {
    Instant contact =
        device.offline() ? device.lastContact() : clock.instant().truncatedTo(ChronoUnit.MINUTES);
    return Json.object(
        "id", device.id(),
        "uid", device.uid().toString(),
        "organizationId", device.organizationId(),
        "locationId", device.locationId(),
        "nodeClass", device.role().nodeClass(),
        "nodeRoleId", device.role().id(),
        "approvalStatus", "APPROVED",
        "offline", device.offline(),
        "displayName", device.displayName(),
        "systemName", device.systemName(),
        "created", seconds(WellKnown.SEEDED_AT),
        "lastContact", seconds(contact),
        "lastUpdate", seconds(device.lastUpdate()),
        "fields", fields(device, host, clock),
        "references",
            Json.object("organization", organization(organization), "role", role(device.role())));
  }

  /** The MSP's own fields of a device. */
  private static Map<String, Object> fields(Device device, Host host, InstantSource clock) {
    return Json.object(
        "role", device.role().label(),
        "loggedOnUsers", host.users(),
        "backup", host.backup().word(),
        "backupAgeHours", Duration.between(host.lastBackup(), clock.instant()).toHours(),
        "freeDiskPercent", host.freeDisk(),
        "ring", Rings.nameFor(device));
  }

  /** `AgentDevice`, as a single device has it. */
  public static Map<String, Object> device(
      Device device, Organization organization, Host host, InstantSource clock) {
    Map<String, Object> view = node(device, organization, host, clock);
    view.put("ipAddresses", List.of(device.ip()));
    view.put("macAddresses", List.of(device.mac()));
    view.put("deviceType", "AGENT_DEVICE");
    view.put("os", operatingSystem(device));
    view.put("system", Json.object("name", device.systemName(), "serialNumber", device.serial()));
    return view;
  }

  static Map<String, Object> operatingSystem(Device device) {
    return Json.object(
        "manufacturer",
        "Microsoft Corporation",
        "name",
        device.operatingSystem(),
        "architecture",
        "64-bit",
        "lastBootTime",
        seconds(device.lastBoot()),
        "lastPatchScanTime",
        seconds(device.lastPatchScan()),
        "needsReboot",
        false);
  }

  /** `WindowsService`. */
  public static Map<String, Object> service(Service service) {
    return Json.object(
        "name", service.name(),
        "displayName", service.displayName(),
        "description", service.description(),
        "startType", service.startType(),
        "userName", service.userName(),
        "state", service.state().name());
  }

  /** `Job`. */
  public static Map<String, Object> job(Job job) {
    return Json.object(
        "uid", job.uid().toString(),
        "deviceId", job.deviceId(),
        "message", job.reason().isEmpty() ? job.work().subject() : job.reason(),
        "createTime", seconds(job.createTime()),
        "updateTime", seconds(job.updateTime()),
        "subject", job.work().subject(),
        "sourceName", job.by().clientId(),
        "jobStatus", job.status().name(),
        "jobResult", job.result(),
        "jobType", "ACTION",
        "data", Json.object("mode", job.mode(), "oauthClientId", job.by().clientId()));
  }

  /**
   * `Activity`; `userId`, `sourceName` and `data.oauthClientId` name who acted. The vendor's own
   * machinery has no `userId`.
   */
  public static Map<String, Object> activity(Activity line) {
    return Json.object(
        "id", line.id(),
        "activityTime", seconds(line.time()),
        "deviceId", line.deviceId() == 0 ? null : line.deviceId(),
        "userId", line.by().equals(Actor.SYSTEM) ? null : WellKnown.API_USER,
        "seriesUid", line.seriesUid().isEmpty() ? null : line.seriesUid(),
        "activityType", line.activityType(),
        "statusCode", line.statusCode(),
        "sourceName", line.by().clientId(),
        "subject", line.subject(),
        "message", line.message(),
        "data",
            Json.object(
                "oauthClientId",
                line.by().clientId(),
                "tokenSha256",
                line.by().tokenDigest().isEmpty() ? null : line.by().tokenDigest()));
  }
}
