package dev.remit.lab.estate;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one asks about a device before it is restarted or patched.
 *
 * @param users how many people are logged on
 * @param lastBackup the end of the last good backup
 * @param freeDisk percent
 * @param patches what is installed, by id
 * @param isFailing whether the next installation fails there
 */
public record Host(
    int users,
    Backup backup,
    Instant lastBackup,
    int freeDisk,
    Set<String> patches,
    boolean isFailing) {

  /** What the backup does. */
  public enum Backup {
    IDLE("idle"),
    RUNNING("running"),
    PENDING("pending");

    private final String word;

    Backup(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public Host {
    patches = Collections.unmodifiableSet(new TreeSet<>(patches));
  }

  public Host withUsers(int number) {
    return new Host(number, backup, lastBackup, freeDisk, patches, isFailing);
  }

  /** Another state of the backup, and when the last good one ended. */
  public Host withBackup(Backup other, Instant last) {
    return new Host(users, other, last, freeDisk, patches, isFailing);
  }

  public Host withFreeDisk(int percent) {
    return new Host(users, backup, lastBackup, percent, patches, isFailing);
  }

  public Host failing(boolean fails) {
    return new Host(users, backup, lastBackup, freeDisk, patches, fails);
  }

  Host with(Set<String> more) {
    Set<String> all = new TreeSet<>(patches);
    all.addAll(more);
    return new Host(users, backup, lastBackup, freeDisk, all, isFailing);
  }
}
