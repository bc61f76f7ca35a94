package dev.remit.lab.estate;

import java.time.Instant;
import java.util.UUID;

/**
 * One device as the RMM knows it. Immutable: a change makes a new record with a later {@code
 * lastUpdate}, which serves as its version.
 *
 * @param lastContact for a device that is offline the last time it was heard of; others were heard
 *     of just now
 * @param lastPatchScan when its operating system's patches were last looked over
 */
public record Device(
    int id,
    UUID uid,
    int organizationId,
    int locationId,
    NodeRole role,
    String displayName,
    String systemName,
    String operatingSystem,
    String serial,
    String ip,
    String mac,
    boolean offline,
    Instant lastContact,
    Instant lastUpdate,
    Instant lastBoot,
    Instant lastPatchScan) {

  /** The device at another organisation's first site. */
  public Device movedTo(int organization, int location) {
    return new Device(
        id,
        uid,
        organization,
        location,
        role,
        displayName,
        systemName,
        operatingSystem,
        serial,
        ip,
        mac,
        offline,
        lastContact,
        lastUpdate,
        lastBoot,
        lastPatchScan);
  }

  public Device named(String name) {
    return new Device(
        id,
        uid,
        organizationId,
        locationId,
        role,
        name,
        systemName,
        operatingSystem,
        serial,
        ip,
        mac,
        offline,
        lastContact,
        lastUpdate,
        lastBoot,
        lastPatchScan);
  }

  public Device inRole(NodeRole other) {
    return new Device(
        id,
        uid,
        organizationId,
        locationId,
        other,
        displayName,
        systemName,
        operatingSystem,
        serial,
        ip,
        mac,
        offline,
        lastContact,
        lastUpdate,
        lastBoot,
        lastPatchScan);
  }

  public Device heardOf(boolean isOffline, Instant contact) {
    return new Device(
        id,
        uid,
        organizationId,
        locationId,
        role,
        displayName,
        systemName,
        operatingSystem,
        serial,
        ip,
        mac,
        isOffline,
        contact,
        lastUpdate,
        lastBoot,
        lastPatchScan);
  }

  public Device bootedAt(Instant boot) {
    return new Device(
        id,
        uid,
        organizationId,
        locationId,
        role,
        displayName,
        systemName,
        operatingSystem,
        serial,
        ip,
        mac,
        offline,
        lastContact,
        lastUpdate,
        boot,
        lastPatchScan);
  }

  public Device scannedAt(Instant scan) {
    return new Device(
        id,
        uid,
        organizationId,
        locationId,
        role,
        displayName,
        systemName,
        operatingSystem,
        serial,
        ip,
        mac,
        offline,
        lastContact,
        lastUpdate,
        lastBoot,
        scan);
  }

  Device updatedAt(Instant time) {
    return new Device(
        id,
        uid,
        organizationId,
        locationId,
        role,
        displayName,
        systemName,
        operatingSystem,
        serial,
        ip,
        mac,
        offline,
        lastContact,
        time,
        lastBoot,
        lastPatchScan);
  }
}
