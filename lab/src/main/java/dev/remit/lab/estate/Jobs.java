package dev.remit.lab.estate;

import dev.remit.lab.estate.Job.Status;
import dev.remit.lab.http.Refusal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The RMM's job queue: queued, running, over. A queued job can be cancelled; a running one cannot.
 * While the queue is held, nothing leaves the queued state. Thread safe.
 */
public final class Jobs {
  private final Later later;
  private final InstantSource clock;
  private final Activities activities;
  private final Devices devices;
  private final Timing timing;
  private final Map<UUID, Job> jobs = new LinkedHashMap<>();

  /** What each job does when its time has come; answers whether it could. */
  private final Map<UUID, BooleanSupplier> effects = new HashMap<>();

  private boolean held;

  public Jobs(
      Later later, InstantSource clock, Activities activities, Devices devices, Timing timing) {
    this.later = later;
    this.clock = clock;
    this.activities = activities;
    this.devices = devices;
    this.timing = timing;
  }

  synchronized void clear() {
    jobs.clear();
    effects.clear();
    held = false;
  }

  public synchronized List<Job> all() {
    return List.copyOf(jobs.values());
  }

  /** The job, or 404. */
  public synchronized Job get(UUID uid) {
    Job job = jobs.get(uid);
    if (job == null) {
      throw Refusal.notFound("no job `" + uid + "`");
    }
    return job;
  }

  /** Queues a reboot. */
  public Job reboot(int deviceId, String mode, String reason, Actor by) {
    return queue(
        deviceId,
        Job.Work.REBOOT,
        mode,
        reason,
        by,
        () -> {
          devices.change(deviceId, device -> device.bootedAt(clock.instant()));
          return true;
        });
  }

  /** Queues a scan for patches of the operating system. */
  public Job patchScan(int deviceId, Actor by) {
    return queue(
        deviceId,
        Job.Work.PATCH_SCAN,
        "OS",
        "",
        by,
        () -> {
          devices.change(deviceId, device -> device.scannedAt(clock.instant()));
          return true;
        });
  }

  /** Queues an installation on a ring. */
  public Job patchInstall(String ring, Actor by, BooleanSupplier install) {
    return queue(0, Job.Work.PATCH_INSTALL, ring, "", by, install);
  }

  private synchronized Job queue(
      int deviceId, Job.Work work, String mode, String reason, Actor by, BooleanSupplier effect) {
    var now = clock.instant();
    Job job =
        new Job(
            UUID.randomUUID(),
            deviceId,
            work,
            mode,
            reason,
            Status.START_REQUESTED,
            null,
            by,
            now,
            now);
    jobs.put(job.uid(), job);
    effects.put(job.uid(), effect);
    log(
        job,
        mode + " " + work.words() + " requested by " + by.clientId() + reasonWords(reason),
        by);
    later.run(timing.queuedMillis(), () -> start(job.uid()));
    return job;
  }

  private static String reasonWords(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }

  /** Cancels a queued job; a running one is refused with 409, one that is over stays as it is. */
  public synchronized Job cancel(UUID uid, Actor by) {
    Job job = get(uid);
    if (job.status() == Status.IN_PROCESS) {
      throw Refusal.conflict("the job is running and cannot be cancelled");
    }
    if (job.status() == Status.START_REQUESTED) {
      job = put(job, Status.CANCELLED, "UNCOMPLETED");
      log(job, "job cancelled by " + by.clientId(), by);
    }
    return job;
  }

  /** Keeps queued jobs queued. */
  public synchronized void hold() {
    held = true;
  }

  /** Lets queued jobs go. */
  public synchronized void release() {
    held = false;
    List.copyOf(jobs.keySet()).forEach(this::start);
  }

  public synchronized boolean isHeld() {
    return held;
  }

  private synchronized void start(UUID uid) {
    Job job = jobs.get(uid);
    if (held || job == null || job.status() != Status.START_REQUESTED) {
      return;
    }
    Job running = put(job, Status.IN_PROCESS, null);
    log(running, job.work().words() + " started", job.by());
    later.run(timing.runningMillis(), () -> finish(uid));
  }

  private synchronized void finish(UUID uid) {
    Job job = jobs.get(uid);
    if (job == null || job.status() != Status.IN_PROCESS) {
      return;
    }
    BooleanSupplier effect = effects.remove(uid);
    if (effect == null || !effect.getAsBoolean()) {
      log(put(job, Status.FAILED, "FAILURE"), job.work().words() + " failed", job.by());
    } else {
      log(put(job, Status.COMPLETED, "SUCCESS"), job.work().words() + " completed", job.by());
    }
  }

  private Job put(Job job, Status status, @Nullable String result) {
    Job next = job.in(status, result, clock.instant());
    jobs.put(next.uid(), next);
    return next;
  }

  private void log(Job job, String message, Actor by) {
    activities.write(
        job.deviceId(),
        "ACTION",
        job.status().name(),
        job.work().subject(),
        message,
        job.uid().toString(),
        by);
  }
}
