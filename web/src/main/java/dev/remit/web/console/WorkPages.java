package dev.remit.web.console;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.Oversight;
import dev.remit.core.flow.OwnCalls;
import dev.remit.core.flow.TaskDesk;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.web.console.Console.Page;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Form;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.people.PeopleWires;
import dev.remit.web.people.Rights;
import dev.remit.web.people.Rights.Verb;
import dev.remit.web.people.SignedIn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where people put their hands on: one task with what can be done to it, calls in a task of one's
 * own, and calls of which nobody knows what became.
 *
 * <p>Every change is two pages without a script: one that says what will be and asks why, and the
 * form on it.
 */
final class WorkPages {

  private static final int LONGEST_REASON = 1_000;
  private static final int UNKNOWN_SHOWN = 100;
  private static final int BELOW_SHOWN = 50;
  private static final Set<String> NO_QUERY = Set.of();

  private final Console console;
  private final PeopleWires wires;
  private final Oversight oversight;

  WorkPages(Console console, PeopleWires wires, Oversight oversight) {
    this.console = console;
    this.wires = wires;
    this.oversight = oversight;
  }

  List<Route> routes() {
    return List.of(
        console.get("/console/task/*/*", NO_QUERY, this::task),
        console.get("/console/task/*/*/turn/*", NO_QUERY, page -> turn(page, Optional.empty())),
        console.form("/console/task/*/*/turn/*", this::turned),
        console.get("/console/task/*/*/call/*", NO_QUERY, page -> call(page, Optional.empty())),
        console.form("/console/task/*/*/call/*", this::called),
        console.get("/console/task/*/*/waits/*", NO_QUERY, this::waits),
        console.form("/console/task/*/*/waits/*", this::goOn),
        console.get("/console/unknown", NO_QUERY, page -> unknown(page, Optional.empty())),
        console.form("/console/unknown/*/*", this::resolved));
  }

  private Answer task(Page page) {
    var tenant = page.sight().tenant(page.variable(0), Verb.READ_TASKS);
    var task = find(tenant.id(), page.variable(1));
    var tools =
        isOwn(page, task) && may(page, Verb.WORK, tenant.id())
            ? calls().tools(seat(page, tenant.id()), task.id())
            : List.<Tool>of();
    var acts = may(page, Verb.OPERATE, tenant.id()) ? Act.of(task, page.now()) : List.<Act>of();
    var view =
        new TaskView(
            task,
            tenant.name(),
            risk(page, task),
            acts,
            isOwn(page, task),
            tools,
            below(page, task),
            page.now());
    return console.page(page, "task", Place.TASKS, "Task", view);
  }

  private List<TaskView.Below> below(Page page, Task task) {
    return oversight.below(task.tenant(), task.id(), BELOW_SHOWN).stream()
        .map(one ->
            new TaskView.Below(
                one, one.lineage().depth() - task.lineage().depth(), risk(page, one), page.now()))
        .toList();
  }

  private Answer turn(Page page, Optional<String> problem) {
    var tenant = operated(page);
    var task = find(tenant.id(), page.variable(1));
    var act = act(page, task);
    var view = new TurnView(task, tenant.name(), act, problem);
    return console.page(page, "turn", Place.TASKS, act.label(), view);
  }

  private Answer turned(Page page, Form form) {
    var tenant = operated(page);
    var task = find(tenant.id(), page.variable(1));
    var act = act(page, task);
    form.only(Set.of(SignedIn.CSRF_FIELD, "reason"));
    var reason = form.first("reason").orElse("").strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      return turn(page, Optional.of("say why in at most " + LONGEST_REASON + " characters"));
    }
    var person = page.session().person();
    var desk = wires.desk().taskDesk();
    var done =
        switch (act) {
          case HOLD -> desk.hold(person, tenant.id(), task.id(), reason);
          case RESUME -> desk.goOn(person, tenant.id(), task.id(), reason);
          case TAKE_OVER -> desk.takeOver(person, tenant.id(), task.id(), reason);
          case DONE -> desk.close(person, tenant.id(), task.id(), Task.State.DONE, reason);
          case FAILED -> desk.close(person, tenant.id(), task.id(), Task.State.FAILED, reason);
        };
    return switch (done) {
      case TaskDesk.NotDone(String why) -> turn(page, Optional.of(why));
      case TaskDesk.TakenOver(Optional<TaskId> own, var ignored) ->
          Answer.seeOther(TaskView.path(tenant.id(), own.orElse(task.id())));
      case TaskDesk.Done ignored -> Answer.seeOther(TaskView.path(tenant.id(), task.id()));
      case TaskDesk.Noted() -> Answer.seeOther(TaskView.path(tenant.id(), task.id()));
    };
  }

  private Answer call(Page page, Optional<CallForm> sent) {
    var tenant = worked(page);
    var task = find(tenant.id(), page.variable(1));
    var tool = tool(page, tenant, task);
    var form = sent.orElseGet(() -> CallForm.empty(tool));
    boolean isLate =
        tool.effect() == Grade.DESTRUCTIVE && !wires.sessions().isFresh(page.session());
    var again =
        isLate
            ? Optional.of("/signin/start/" + page.session().person().id().issuer() + "?again=1")
            : Optional.<String>empty();
    var view = new CallFormView(task, tenant.name(), tool, form, again);
    return console.page(page, "ownCall", Place.TASKS, "Call", view);
  }

  private Answer called(Page page, Form form) {
    var tenant = worked(page);
    var task = find(tenant.id(), page.variable(1));
    var tool = tool(page, tenant, task);
    var read = CallForm.read(tool, form);
    if (read.problem().isPresent()) {
      return call(page, Optional.of(read));
    }
    if (tool.effect() == Grade.DESTRUCTIVE && !wires.sessions().isFresh(page.session())) {
      return call(page, Optional.of(read.but("sign in again first: this cannot be taken back")));
    }
    var result =
        calls()
            .call(
                seat(page, tenant.id()),
                task.id(),
                tool.name(),
                read.arguments(),
                Optional.empty(),
                new Cut());
    return told(page, task, tool.title(), CallTold.of(result, task));
  }

  private Answer waits(Page page) {
    var tenant = worked(page);
    var task = find(tenant.id(), page.variable(1));
    var handle = new ProposalId(page.variable(2));
    return told(page, task, "Your call", CallTold.waiting(handle, task));
  }

  private Answer goOn(Page page, Form form) {
    var tenant = worked(page);
    var task = find(tenant.id(), page.variable(1));
    form.only(Set.of(SignedIn.CSRF_FIELD));
    var handle = new ProposalId(page.variable(2));
    var result = calls().resume(seat(page, tenant.id()), handle, new Cut());
    return told(page, task, "Your call", CallTold.of(result, task));
  }

  private Answer told(Page page, Task task, String title, CallTold told) {
    return console.page(
        page, "ownResult", Place.TASKS, told.heading(), new CallToldView(task, title, told));
  }

  private Answer unknown(Page page, Optional<String> problem) {
    if (!may(page, Verb.OPERATE, TenantId.OPERATOR)) {
      throw Refusal.notFound();
    }
    var rows = wires.desk().taskDesk().unknown(page.session().person(), UNKNOWN_SHOWN);
    var named =
        rows.stream()
            .map(row -> new UnknownView.Row(row, page.sight().nameOf(row.tenant())))
            .toList();
    return console.page(
        page,
        "unknown",
        Place.TASKS,
        "Unknown outcomes",
        new UnknownView(named, problem, page.now()));
  }

  private Answer resolved(Page page, Form form) {
    var tenant = operated(page);
    form.only(Set.of(SignedIn.CSRF_FIELD, "found", "how"));
    var found =
        switch (form.text("found", 20)) {
          case "succeeded" -> Outcome.SUCCEEDED;
          case "rejected" -> Outcome.REJECTED;
          case "failed" -> Outcome.FAILED;
          default -> throw new InvalidValueException("`found` is succeeded, rejected or failed");
        };
    var how = form.first("how").orElse("").strip();
    var call = new CallId(page.variable(1));
    var done =
        wires.desk().taskDesk().resolve(page.session().person(), tenant.id(), call, found, how);
    return done instanceof TaskDesk.NotDone(String why)
        ? unknown(page, Optional.of(why))
        : Answer.seeOther("/console/unknown");
  }

  private Tenant operated(Page page) {
    return page.sight().tenant(page.variable(0), Verb.OPERATE);
  }

  private Tenant worked(Page page) {
    return page.sight().tenant(page.variable(0), Verb.WORK);
  }

  private static boolean may(Page page, Verb verb, TenantId tenant) {
    return new Rights(page.sight().release().people()).may(page.session().person(), verb, tenant);
  }

  private OwnCalls calls() {
    return wires.desk().ownCalls();
  }

  private static OwnCalls.Seat seat(Page page, TenantId tenant) {
    return new OwnCalls.Seat(page.session().person(), tenant, page.session().endsAt());
  }

  private static boolean isOwn(Page page, Task task) {
    var ours = InstanceId.of(page.session().person().id());
    return task.isOfPerson() && task.instance().filter(ours::equals).isPresent();
  }

  private Tool tool(Page page, Tenant tenant, Task task) {
    return calls().tools(seat(page, tenant.id()), task.id()).stream()
        .filter(tool -> tool.name().equals(page.variable(2)))
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  private static Act act(Page page, Task task) {
    return Act.of(task, page.now()).stream()
        .filter(act -> act.path().equals(page.variable(2)))
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  private Task find(TenantId tenant, String id) {
    return oversight.task(tenant, new TaskId(id)).orElseThrow(Refusal::notFound);
  }

  private static Badge risk(Page page, Task task) {
    var taskClass = page.sight().release().taskClasses().get(task.taskClass());
    return Badge.risk(taskClass == null ? "unknown class" : taskClass.risk().text());
  }
}
