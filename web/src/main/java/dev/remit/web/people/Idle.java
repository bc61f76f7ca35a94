package dev.remit.web.people;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.CallLedger.Unknown;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.TaskDesk;
import dev.remit.core.identity.Person;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.util.List;

/** A desk where nobody works: everything stays as it is. */
final class Idle implements KillSwitch, TaskDesk {

  private static final String WHY = "this server does not do that";

  @Override
  public Stopped kill(Person person, KillScope scope, String reason) {
    return new NotStopped(WHY);
  }

  @Override
  public Lift askToLift(Person person, KillScope scope, String reason) {
    return new NotAsked(WHY);
  }

  @Override
  public Turned hold(Person person, TenantId tenant, TaskId task, String reason) {
    return new NotDone(WHY);
  }

  @Override
  public Turned goOn(Person person, TenantId tenant, TaskId task, String reason) {
    return new NotDone(WHY);
  }

  @Override
  public Turned takeOver(Person person, TenantId tenant, TaskId task, String reason) {
    return new NotDone(WHY);
  }

  @Override
  public List<Unknown> unknown(Person person, int limit) {
    return List.of();
  }

  @Override
  public Turned resolve(Person person, TenantId tenant, CallId call, Outcome found, String how) {
    return new NotDone(WHY);
  }
}
