package dev.remit.lab.control;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Host;
import dev.remit.lab.http.Fields;
import dev.remit.lab.http.Refusal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** What the control API changes of a device's users, backup, disk and luck with patches. */
final class HostChanges {
  private final Estate estate;

  HostChanges(Estate estate) {
    this.estate = estate;
  }

  void apply(int deviceId, Map<String, Object> json) {
    if (json.containsKey("users")) {
      int users = Fields.integer(json, "users", 0, 100);
      estate.hosts().change(deviceId, host -> host.withUsers(users));
    }
    if (json.containsKey("backup")) {
      String word = Fields.text(json, "backup", 20);
      Host.Backup backup =
          Arrays.stream(Host.Backup.values())
              .filter(one -> one.word().equals(word))
              .findFirst()
              .orElseThrow(() -> Refusal.badRequest("unknown `backup`"));
      estate.hosts().change(deviceId, host -> host.withBackup(backup, host.lastBackup()));
    }
    if (json.containsKey("lastBackup")) {
      Instant last =
          Instant.ofEpochSecond(Fields.integer(json, "lastBackup", 0, Integer.MAX_VALUE));
      estate.hosts().change(deviceId, host -> host.withBackup(host.backup(), last));
    }
    if (json.containsKey("freeDisk")) {
      int percent = Fields.integer(json, "freeDisk", 0, 100);
      estate.hosts().change(deviceId, host -> host.withFreeDisk(percent));
    }
    if (json.containsKey("failsPatches")) {
      boolean fails = Fields.claim(json, "failsPatches");
      estate.hosts().change(deviceId, host -> host.failing(fails));
    }
  }
}
