package dev.remit.lab.rmm;

import dev.remit.lab.estate.Activity;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Job;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Jobs and activities. The vendor lists active jobs only; the end of a job is an extension. */
final class LogApi {
  private static final String[] ACTIVITY_QUERY = {
    "newerThan",
    "olderThan",
    "activityType",
    "type",
    "status",
    "seriesUid",
    "df",
    "pageSize",
    "class",
    "lang",
    "tz"
  };
  private final Estate estate;

  LogApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.read("jobs", "/v2/jobs", this::jobs, "jobType", "df", "lang", "tz"),
        Operation.read("device-jobs", "/v2/device/{id}/jobs", this::deviceJobs, "lang", "tz"),
        Operation.read("job-read", "/ext/job/{uid}", this::job),
        Operation.read("activities", "/v2/activities", this::activities, ACTIVITY_QUERY),
        Operation.read(
            "device-activities", "/v2/device/{id}/activities", this::ofDevice, ACTIVITY_QUERY));
  }

  private Reply jobs(Call call) {
    Set<Integer> ids = chosen(call);
    String type = call.query("jobType").orElse("ACTION");
    return Reply.ok(
        active().stream()
            .filter(job -> type.equals("ACTION"))
            .filter(job -> call.query("df").isEmpty() || ids.contains(job.deviceId()))
            .map(Views::job)
            .toList());
  }

  /** The devices that `df` chooses; none where it is not there. */
  private Set<Integer> chosen(Call call) {
    return call.query("df")
        .map(DeviceFilter::parse)
        .map(df ->
            estate.devices().all().stream().filter(df).map(d -> d.id()).collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  private List<Job> active() {
    return estate.jobs().all().stream().filter(job -> !job.status().isEnd()).toList();
  }

  private Reply deviceJobs(Call call) {
    int id = estate.devices().get(call.pathInt("id")).id();
    return Reply.ok(active().stream().filter(j -> j.deviceId() == id).map(Views::job).toList());
  }

  private Reply job(Call call) {
    return Reply.ok(Views.job(estate.jobs().get(ActApi.uid(call))));
  }

  private Reply activities(Call call) {
    String cls = call.query("class").orElse("ALL");
    if (!Set.of("ALL", "DEVICE", "SYSTEM", "USER").contains(cls)) {
      throw Refusal.badRequest("unknown class `" + cls + "`");
    }
    Set<Integer> ids = chosen(call);
    List<Activity> ofClass =
        estate.activities().all().stream()
            .filter(a -> call.query("df").isEmpty() || ids.contains(a.deviceId()))
            .filter(a ->
                cls.equals("ALL")
                    || (cls.equals("DEVICE") && a.deviceId() != 0)
                    || (cls.equals("SYSTEM") && a.deviceId() == 0))
            .toList();
    return Reply.ok(answer(ofClass, call));
  }

  private Reply ofDevice(Call call) {
    int id = estate.devices().get(call.pathInt("id")).id();
    List<Activity> own =
        estate.activities().all().stream().filter(a -> a.deviceId() == id).toList();
    Map<String, Object> answer = answer(own, call);
    answer.put("lastNodeActivityId", own.isEmpty() ? 0 : own.getLast().id());
    return Reply.ok(answer);
  }

  /** Newest first, as the vendor does. */
  private Map<String, Object> answer(List<Activity> lines, Call call) {
    int newer = call.queryInt("newerThan", -1, 0, Integer.MAX_VALUE);
    int older = call.queryInt("olderThan", Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
    int size = call.queryInt("pageSize", 200, 10, 1000);
    String type = call.query("activityType").or(() -> call.query("type")).orElse("");
    String status = call.query("status").orElse("");
    String series = call.query("seriesUid").orElse("");
    List<Map<String, Object>> page =
        lines.reversed().stream()
            .filter(a -> a.id() > newer && a.id() < older)
            .filter(a -> type.isEmpty() || a.activityType().equals(type))
            .filter(a -> status.isEmpty() || a.statusCode().equals(status))
            .filter(a -> series.isEmpty() || a.seriesUid().equals(series))
            .limit(size)
            .map(Views::activity)
            .toList();
    long last = lines.isEmpty() ? 0 : lines.getLast().id();
    return Json.object("lastActivityId", last, "activities", page);
  }
}
