package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit tasks}. */
@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    description = "Lists tasks; what changes one is done as you, after `remit login`.")
final class TasksCommand implements Callable<Integer> {

  @Mixin private TenantListing listing = new TenantListing();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return listing.print(
        "/v1/tasks",
        "tasks",
        "no tasks",
        "task",
        "tenant",
        "agent",
        "taskClass",
        "ticket",
        "state",
        "openedAt",
        "parent");
  }

  @Command(
      name = "open",
      mixinStandardHelpOptions = true,
      description = "Opens a task of your own on a ticket.")
  int open(
      @Mixin PersonOptions person,
      @Option(names = "--class", paramLabel = "C", required = true, description = "its task class")
          String taskClass,
      @Option(names = "--ticket", paramLabel = "N", required = true, description = "its ticket")
          String ticket,
      @Option(names = "--target", paramLabel = "R", description = "such as rmm/device/1042")
          @Nullable List<String> targets,
      @Option(names = "--words", paramLabel = "W", description = "what it is for")
          @Nullable String words) {
    var body =
        Value.object(
            "tenant",
            person.tenant(),
            "taskClass",
            taskClass,
            "ticket",
            ticket,
            "targets",
            Value.texts(targets == null ? List.of() : targets));
    var told =
        person
            .people()
            .post("/v1/tasks", words == null ? body : body.with("words", Value.of(words)));
    return say(person, told, "task " + Output.text(told, "task") + " is open");
  }

  @Command(
      name = "hold",
      mixinStandardHelpOptions = true,
      description = "Holds a task: it admits nothing until it is let go on.")
  int hold(
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "TASK") String task,
      @Option(names = "--reason", required = true, description = "why") String reason) {
    return turn(person, task, "hold", Value.object("reason", reason));
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Lets a held task go on.")
  int resume(
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "TASK") String task,
      @Option(names = "--reason", required = true, description = "why") String reason) {
    return turn(person, task, "resume", Value.object("reason", reason));
  }

  @Command(
      name = "take-over",
      mixinStandardHelpOptions = true,
      description = "Takes a task from its agent for good; one of your own goes on where you may.")
  int takeOver(
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "TASK") String task,
      @Option(names = "--reason", required = true, description = "why") String reason) {
    return turn(person, task, "take-over", Value.object("reason", reason));
  }

  @Command(name = "close", mixinStandardHelpOptions = true, description = "Ends a task.")
  int close(
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "TASK") String task,
      @Option(names = "--failed", description = "it ends as failed, not as done") boolean isFailed,
      @Option(names = "--reason", required = true, description = "why") String reason) {
    var body = Value.object("reason", reason, "state", isFailed ? "failed" : "done");
    return turn(person, task, "close", body);
  }

  private int turn(PersonOptions person, String task, String what, Value.Obj body) {
    var path =
        "/v1/tasks/"
            + PeopleApi.encode(person.tenant())
            + "/"
            + PeopleApi.encode(task)
            + "/"
            + what;
    var told = person.people().post(path, body);
    return say(person, told, Output.words(told));
  }

  private int say(PersonOptions person, Value.Obj told, String words) {
    var out = spec.commandLine().getOut();
    if (person.isJson()) {
      Output.json(out, told);
    } else {
      out.println(words);
    }
    return 0;
  }
}
