package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit call}: a person's own call, through the same pipeline as an agent's. */
@Command(
    name = "call",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a call in a task of your own, as you; sign in with `remit login` first.",
      "Where a rule asks, others answer for it in the console; --wait waits for them."
    })
final class CallCommand implements Callable<Integer> {

  private static final Duration BETWEEN = Duration.ofSeconds(3);

  @Mixin private PersonOptions person = new PersonOptions();

  @Option(names = "--task", paramLabel = "T", required = true, description = "a task of your own")
  private String task = "";

  @Parameters(paramLabel = "TOOL", description = "the tool, such as rmm_restart_service")
  private String tool = "";

  @Option(
      names = "--arg",
      paramLabel = "K=V",
      description =
          "an argument; JSON where it reads as a number, true, false, a list or an object")
  private Map<String, String> arguments = new TreeMap<>();

  @Option(names = "--handle", paramLabel = "H", description = "go on with a call that waited")
  private @Nullable String handle;

  @Option(names = "--wait", description = "wait until others have answered")
  private boolean isWaiting;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    var people = person.people();
    var result = handle == null ? made(people) : continued(people, handle);
    while (isWaiting && result.text("waitsFor").isPresent()) {
      Thread.sleep(BETWEEN);
      result = continued(people, result.text("waitsFor").orElseThrow());
    }
    print(result);
    boolean isDone =
        result.text("outcome").filter("succeeded"::equals).isPresent()
            || result.get("joined").isPresent();
    return isDone ? 0 : CommandException.REFUSED;
  }

  private Value.Obj made(PeopleApi people) {
    var sent = Value.Obj.EMPTY;
    for (var argument : arguments.entrySet()) {
      sent = sent.with(argument.getKey(), value(argument.getValue()));
    }
    return people.post(
        "/v1/calls",
        Value.object("tenant", person.tenant(), "task", task, "tool", tool, "arguments", sent));
  }

  private Value.Obj continued(PeopleApi people, String waitsFor) {
    return people.post(
        "/v1/calls/continue", Value.object("tenant", person.tenant(), "handle", waitsFor));
  }

  static Value value(String text) {
    if (text.matches("-?[0-9]+|true|false|\\[.*]|\\{.*}|\".*\"")) {
      try {
        return Json.parse(text);
      } catch (InvalidValueException e) {
        return Value.of(text);
      }
    }
    return Value.of(text);
  }

  private void print(Value.Obj result) {
    var out = spec.commandLine().getOut();
    if (person.isJson()) {
      Output.json(out, result);
      return;
    }
    if (result.text("waitsFor").isPresent()) {
      out.println(
          "waits for " + Output.text(result, "from") + " until " + Output.text(result, "answerBy"));
      out.println("go on with: --handle " + Output.text(result, "waitsFor"));
      return;
    }
    out.println(Output.words(result.without("result")));
    for (var part : result.object("result").orElse(Value.Obj.EMPTY).items("content")) {
      out.println(Output.text(part, "text"));
    }
  }
}
