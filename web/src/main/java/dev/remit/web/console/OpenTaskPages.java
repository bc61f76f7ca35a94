package dev.remit.web.console;

import dev.remit.core.flow.OwnCalls;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.InvalidValueException;
import dev.remit.web.console.Console.Page;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Form;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.machines.TaskWire;
import dev.remit.web.people.PeopleWires;
import dev.remit.web.people.Rights.Verb;
import dev.remit.web.people.SignedIn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where people open tasks of their own, as {@code POST /v1/tasks} does. */
final class OpenTaskPages {

  private static final int LONGEST = 200;
  private static final int MOST_TARGETS = 100;

  private final Console console;
  private final PeopleWires wires;

  OpenTaskPages(Console console, PeopleWires wires) {
    this.console = console;
    this.wires = wires;
  }

  List<Route> routes() {
    return List.of(
        console.get("/console/open/*", Set.of(), page -> form(page, "", "", "", Optional.empty())),
        console.form("/console/open/*", this::opened));
  }

  private Answer form(
      Page page, String taskClass, String ticket, String targets, Optional<String> problem) {
    var tenant = tenant(page);
    var view =
        new OpenTaskView(
            tenant.id(),
            tenant.name(),
            wires.desk().ownCalls().taskClasses(seat(page, tenant)),
            taskClass,
            ticket,
            targets,
            problem);
    return console.page(page, "openTask", Place.TASKS, "Open a task", view);
  }

  private Answer opened(Page page, Form form) {
    var tenant = tenant(page);
    form.only(Set.of(SignedIn.CSRF_FIELD, "taskClass", "ticket", "targets"));
    var taskClass = form.first("taskClass").orElse("").strip();
    var ticket = form.first("ticket").orElse("").strip();
    var targets = form.first("targets").orElse("");
    if (taskClass.isEmpty() || ticket.isEmpty() || taskClass.length() + ticket.length() > LONGEST) {
      return form(page, taskClass, ticket, targets, Optional.of("name a task class and a ticket"));
    }
    OwnCalls.Wish wish;
    try {
      wish =
          new OwnCalls.Wish(
              Environment.PRODUCTION,
              taskClass,
              ticket,
              targets(targets),
              Set.of(),
              Optional.empty());
    } catch (InvalidValueException e) {
      return form(page, taskClass, ticket, targets, Optional.ofNullable(e.getMessage()));
    }
    return switch (wires.desk().ownCalls().open(seat(page, tenant), wish)) {
      case TaskResult.Told(var task) -> Answer.seeOther(TaskView.path(tenant.id(), task.id()));
      case TaskResult.Refused(var reason, String hint) ->
          form(page, taskClass, ticket, targets, Optional.of(reason.agentCode() + ": " + hint));
      case TaskResult.NotFound() -> throw Refusal.notFound();
    };
  }

  private static Set<TargetRef> targets(String lines) {
    var named = lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (named.size() > MOST_TARGETS) {
      throw new InvalidValueException("name at most " + MOST_TARGETS + " targets");
    }
    var targets = new LinkedHashSet<TargetRef>();
    named.forEach(line -> targets.add(TaskWire.target(line)));
    return targets;
  }

  private static Tenant tenant(Page page) {
    return page.sight().tenant(page.variable(0), Verb.WORK);
  }

  private static OwnCalls.Seat seat(Page page, Tenant tenant) {
    return new OwnCalls.Seat(page.session().person(), tenant.id(), page.session().endsAt());
  }
}
