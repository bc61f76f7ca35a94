package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.delegation.Chain;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.Releases;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides recorded calls again under a version: the recorded one, to show that the record says all
 * that was decided on, or another one, to see what it would change.
 *
 * <p>Nothing is done and nobody is asked. What it makes of a record are facts for policy and no
 * proof of who calls: it never leaves this class.
 */
public final class Replay {

  private final Releases.Active version;

  /** Under this version. */
  public Replay(Releases.Active version) {
    this.version = version;
  }

  /** What deciding again showed. */
  public sealed interface Replayed {}

  /** The same decision, byte for byte in canonical form. */
  public record Same(Value.Obj decided) implements Replayed {}

  /** Another decision than the recorded one. */
  public record Other(Value.Obj recorded, Value.Obj now) implements Replayed {}

  /** This version cannot be asked: what the call was about is not in it. */
  public record Unasked(String why) implements Replayed {}

  /**
   * The decisions that an entry's body holds: one, those of a plan's steps, or none.
   *
   * @param body of an {@code intent}, {@code refusal} or {@code decision}
   */
  public static List<Value.Obj> recorded(Value.Obj body) {
    var all = new ArrayList<Value.Obj>();
    if (body.object("decided").isPresent()) {
      all.add(body);
    }
    for (var step : body.items("steps")) {
      if (step instanceof Value.Obj one && one.object("decided").isPresent()) {
        all.add(one);
      }
    }
    return List.copyOf(all);
  }

  /**
   * Decides one of {@link #recorded} again.
   *
   * @param tenant whose log it stands in
   * @param task the name of its task
   * @throws InvalidValueException if the body is not of the form that Remit writes
   */
  public Replayed again(TenantId tenant, String task, Value.Obj body) {
    try {
      var recorded = object(body, "decided");
      var asked = object(body, "asked");
      var release = version.release();
      var client = release.tenants().get(tenant);
      var tool = release.tools().get(text(asked, "tool"));
      var taskClass = release.taskClass(text(body, "taskClass"), tenant);
      if (client == null || tool == null || taskClass.isEmpty()) {
        return new Unasked("the tenant, the tool or the task class is not in this version");
      }
      var at = Instant.parse(text(body, "at"));
      var call =
          new Call(
              new CallId("replayed"),
              caller(asked, task, at),
              task(tenant, task, asked),
              tool,
              object(body, "arguments"),
              records(body));
      var autonomy =
          AutonomyLevel.of(text(asked, "autonomy")).orElseThrow(() -> unreadable("autonomy"));
      var all =
          new Deliberation(
              version,
              call,
              taskClass.get(),
              client,
              release.agentClassOf(call.caller()),
              autonomy,
              texts(asked, "approvals"),
              at);
      var now = Facts.decided(all.decide());
      return Arrays.equals(CanonicalJson.bytes(recorded), CanonicalJson.bytes(now))
          ? new Same(now)
          : new Other(recorded, now);
    } catch (DateTimeException e) {
      throw unreadable("time");
    }
  }

  private static Caller.Worker caller(Value.Obj asked, String task, Instant at) {
    var id = AgentId.parse(text(asked, "caller"));
    var instance = new InstanceId(text(asked, "instance"));
    if (instance.equals(InstanceId.AUTOMATION)) {
      return new Caller.OfAutomation(id, task, task, at);
    }
    return instance
        .person()
        .<Caller.Worker>map(name -> person(name, id, asked, at))
        .orElseGet(() -> new Caller.Agent(id, instance, isTrue(asked, "bound"), at));
  }

  private static Caller.OfPerson person(String name, AgentId id, Value.Obj asked, Instant at) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw unreadable("person");
    }
    var person =
        new Person(
            new PersonId(name.substring(0, slash), name.substring(slash + 1)),
            "",
            new Organisation.Msp(),
            texts(asked, "groups"),
            Optional.empty(),
            at);
    return new Caller.OfPerson(person, id.tenant(), id.environment(), id.family(), at);
  }

  private static Task task(TenantId tenant, String name, Value.Obj asked) {
    var task = object(asked, "task");
    var openedAt = Instant.parse(text(task, "openedAt"));
    return new Task(
        new TaskId(name),
        tenant,
        Environment.parse(text(task, "environment")),
        AgentId.parse(text(task, "agent")),
        task.text("instance").map(InstanceId::new),
        text(task, "class"),
        new Ground(new ConnectorId("replayed"), "", tenant, "", true, true, ""),
        refs(task),
        texts(task, "tools"),
        0,
        openedAt,
        openedAt,
        Task.State.OPEN,
        new Task.Prompt("", ""),
        isTrue(task, "readUntrusted"),
        Chain.read(task.items("chain")));
  }

  private static Set<TargetRef> refs(Value.Obj task) {
    return texts(task, "targets").stream().map(Replay::ref).collect(Collectors.toSet());
  }

  private static TargetRef ref(String text) {
    var parts = text.split("/", 3);
    if (parts.length != 3) {
      throw unreadable("target");
    }
    return new TargetRef(new ConnectorId(parts[0]), parts[1], parts[2]);
  }

  private static List<TargetRecord> records(Value.Obj body) {
    var records = new ArrayList<TargetRecord>();
    for (var item : body.items("records")) {
      if (!(item instanceof Value.Obj record)) {
        throw unreadable("record");
      }
      records.add(
          new TargetRecord(
              ref(text(record, "target")),
              new TenantId(text(record, "tenant")),
              object(record, "attributes"),
              texts(record, "binding"),
              text(record, "version"),
              Instant.parse(text(record, "seenAt"))));
    }
    return records;
  }

  private static Set<String> texts(Value.Obj object, String name) {
    return object.items(name).stream()
        .map(item -> item instanceof Value.Text(String text) ? text : "")
        .collect(Collectors.toSet());
  }

  private static boolean isTrue(Value.Obj object, String name) {
    return object.get(name).equals(Optional.of(Value.of(true)));
  }

  private static String text(Value.Obj object, String name) {
    return required(object, name, o -> o.text(name));
  }

  private static Value.Obj object(Value.Obj object, String name) {
    return required(object, name, o -> o.object(name));
  }

  private static <T> T required(
      Value.Obj object, String name, Function<Value.Obj, Optional<T>> member) {
    return member.apply(object).orElseThrow(() -> unreadable(name));
  }

  private static InvalidValueException unreadable(String name) {
    return new InvalidValueException("the recorded facts have no `" + name + "` that can be read");
  }
}
