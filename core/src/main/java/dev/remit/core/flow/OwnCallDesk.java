package dev.remit.core.flow;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Person;
import dev.remit.core.release.OwnWork;
import dev.remit.core.release.Release;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts a person where an agent stands, and hands on to the same drivers. */
final class OwnCallDesk implements OwnCalls {

  private final Ports ports;
  private final CallFlow callFlow;
  private final TaskFlow taskFlow;
  private final Resume resume;

  OwnCallDesk(Ports ports, CallFlow callFlow, TaskFlow taskFlow, Resume resume) {
    this.ports = ports;
    this.callFlow = callFlow;
    this.taskFlow = taskFlow;
    this.resume = resume;
  }

  /** Runs the stored call of a worker's handle. */
  @FunctionalInterface
  interface Resume {
    CallResult resume(Caller.Worker caller, ProposalId handle, Cut cut);
  }

  @Override
  public List<TaskClass> taskClasses(Seat seat) {
    try {
      var release = ports.releases().active().release();
      return release.people().workOf(seat.person()).stream()
          .flatMap(work -> work.taskClasses().stream())
          .flatMap(name -> release.taskClass(name, seat.tenant()).stream())
          .sorted(Comparator.comparing(TaskClass::name))
          .toList();
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  @Override
  public TaskResult open(Seat seat, Wish wish) {
    Release release;
    try {
      release = ports.releases().active().release();
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.POLICY_UNAVAILABLE, "try again later");
    }
    var caller = caller(seat, wish.environment(), release);
    return taskFlow.open(
        new TaskRequest(
            caller,
            caller.id(),
            wish.taskClass(),
            wish.ticket(),
            wish.targets(),
            wish.tools(),
            wish.words()));
  }

  /**
   * Goes on with what a task was for, under the person's own name: the same ticket and targets, the
   * same tools as far as the person may use them, counted on with the ticket.
   */
  TaskResult goOnWith(Seat seat, Task before) {
    var release = ports.releases().active().release();
    var family = family(seat.person(), release);
    var tools =
        before.tools().stream()
            .filter(name ->
                Optional.ofNullable(release.tools().get(name))
                    .filter(tool -> family.carries(tool.effect()))
                    .isPresent())
            .collect(Collectors.toSet());
    return tools.isEmpty()
        ? new TaskResult.Refused(ReasonCode.OUTSIDE_TASK, "none of its tools is yours to use")
        : open(
            seat,
            new Wish(
                before.environment(),
                before.taskClass(),
                before.ground().ticket(),
                before.targets(),
                tools,
                Optional.empty()));
  }

  @Override
  public TaskResult task(Seat seat, TaskId id) {
    try {
      return own(seat, id)
          .<TaskResult>map(TaskResult.Told::new)
          .orElseGet(TaskResult.NotFound::new);
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.EVIDENCE_UNAVAILABLE, "try again later");
    }
  }

  @Override
  public List<Tool> tools(Seat seat, TaskId id) {
    try {
      var task = own(seat, id);
      var release = ports.releases().active().release();
      return task.stream()
          .flatMap(one ->
              release.toolsOf(caller(seat, one.environment(), release)).stream()
                  .filter(tool -> one.tools().contains(tool.name())))
          .toList();
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  @Override
  public CallResult call(
      Seat seat, TaskId task, String tool, Value.Obj arguments, Optional<String> key, Cut cut) {
    return callFlow.call(
        new CallRequest(caller(seat, task), tool, arguments, Optional.of(task), key), cut);
  }

  @Override
  public CallResult resume(Seat seat, ProposalId handle, Cut cut) {
    var task =
        stored(() ->
            ports
                .proposals()
                .find(seat.tenant(), handle)
                .flatMap(proposal -> proposal.call())
                .map(Subject.OfCall::task));
    return resume.resume(caller(seat, task.orElseGet(() -> new TaskId("none"))), handle, cut);
  }

  private Optional<Task> own(Seat seat, TaskId id) {
    return ports
        .tasks()
        .find(seat.tenant(), id)
        .filter(Task::isOfPerson)
        .filter(
            task -> task.instance().filter(InstanceId.of(seat.person().id())::equals).isPresent());
  }

  /** The person at a task; one that is not theirs is refused by the driver, and written down. */
  private Caller.OfPerson caller(Seat seat, TaskId id) {
    var environment = stored(() -> own(seat, id)).map(Task::environment);
    Optional<Release> release = stored(() -> Optional.of(ports.releases().active().release()));
    return new Caller.OfPerson(
        seat.person(),
        seat.tenant(),
        environment.orElse(Environment.PRODUCTION),
        release.map(active -> family(seat.person(), active)).orElse(GradeFamily.OBSERVE),
        seat.endsAt());
  }

  private static Caller.OfPerson caller(Seat seat, Environment environment, Release release) {
    return new Caller.OfPerson(
        seat.person(), seat.tenant(), environment, family(seat.person(), release), seat.endsAt());
  }

  private static GradeFamily family(Person person, Release release) {
    return release.people().workOf(person).map(OwnWork::family).orElse(GradeFamily.OBSERVE);
  }

  /** What a store says; one that is away says nothing, and the driver refuses by itself. */
  private static <T> Optional<T> stored(java.util.function.Supplier<Optional<T>> read) {
    try {
      return read.get();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
