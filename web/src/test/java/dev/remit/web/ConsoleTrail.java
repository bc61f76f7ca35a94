package dev.remit.web;

import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.console.Sample;
import java.util.List;
import java.util.Optional;

/** Entries of a call that waited for two people and then ran. */
final class ConsoleTrail {

  private ConsoleTrail() {}

  /** A restart, from its request to what came of it. */
  static void ofRestart(List<Journal.Stored> journal) {
    asked(journal);
    answered(journal);
    done(journal);
  }

  private static void asked(List<Journal.Stored> journal) {
    var asked = call("needs-approval");
    put(
        journal,
        "task-opened",
        "",
        130,
        Value.object("agent", AGENT, "taskClass", "restart-service"));
    put(journal, "decision", "call-5d20", 120, asked);
    put(
        journal,
        "proposed",
        "call-5d20",
        120,
        asked
            .with("handle", Value.of("p-restart-0"))
            .with("proposal", Value.of(Sample.DIGEST))
            .with("answerBy", Value.of(Samples.NOW.plusSeconds(1700).toString()))
            .with("from", Value.texts(List.of("1 of msp.approvers", "1 of tenant.approvers"))));
  }

  private static void answered(List<Journal.Stored> journal) {
    put(journal, "proposal-read", "", 110, about("person", "staff/ann"));
    put(
        journal,
        "answered",
        "",
        95,
        about("person", "staff/ann")
            .with("organisation", Value.of("msp"))
            .with("verdict", Value.of("grant"))
            .with("groups", Value.texts(List.of("msp.approvers")))
            .with("key", Value.of("a2V5LTE")));
    put(
        journal,
        "answered",
        "",
        60,
        about("person", "harbor-dental/hanna")
            .with("organisation", Value.of("client/harbor-dental"))
            .with("verdict", Value.of("grant"))
            .with("groups", Value.texts(List.of("tenant.approvers")))
            .with("key", Value.of("a2V5LTI")));
    put(
        journal,
        "proposal-granted",
        "",
        60,
        about("useBy", Samples.NOW.plusSeconds(540).toString())
            .with("by", Value.texts(List.of("staff/ann", "harbor-dental/hanna"))));
  }

  private static void done(List<Journal.Stored> journal) {
    put(
        journal,
        "intent",
        "call-6e31",
        50,
        call("permit")
            .with("approval", Value.of("p-restart-0"))
            .with("lease", Value.of("lease-77"))
            .with("principal", Value.of("remit-7f3a"))
            .with("leaseEnd", Value.of(Samples.NOW.plusSeconds(10).toString())));
    put(
        journal,
        "outcome",
        "call-6e31",
        45,
        Value.object(
            "outcome",
            "succeeded",
            "lease",
            Value.object("gone", true, "proof", "the role is absent", "id", "lease-77"),
            "result",
            Sample.DIGEST));
    put(
        journal,
        "refusal",
        "call-7777",
        20,
        call("deny").with("reason", Value.of("tenant-mismatch")));
  }

  private static final String AGENT = "service-desk/harbor-dental/production/change";

  private static Value.Obj about(String name, String value) {
    return Value.object("handle", "p-restart-0", name, value);
  }

  private static Value.Obj call(String decision) {
    return Value.object(
        "agent",
        AGENT,
        "instance",
        "i-1",
        "bound",
        true,
        "taskClass",
        "restart-service",
        "ticket",
        "T-4711",
        "tool",
        "rmm_restart_service",
        "targets",
        List.of(Value.object("ref", "rmm/device/1042", "version", "17")),
        "decision",
        decision,
        "determining",
        Value.texts(List.of("restart-service/domain-controllers")));
  }

  private static void put(
      List<Journal.Stored> journal, String kind, String call, int age, Value.Obj fields) {
    put(journal, Team.HARBOR, kind, call, age, fields);
  }

  /** One entry more. */
  static void put(
      List<Journal.Stored> journal,
      TenantId tenant,
      String kind,
      String call,
      int age,
      Value.Obj fields) {
    var leaf =
        Value.object(
            "v",
            1,
            "id",
            "e" + journal.size(),
            "tenant",
            tenant.value(),
            "kind",
            kind,
            "task",
            "task-8f31c2",
            "at",
            Samples.NOW.minusSeconds(age).toString(),
            "fields",
            fields,
            "body",
            Sha256.of(Value.Obj.EMPTY));
    var body =
        kind.equals("outcome")
            ? Value.object(
                "before", List.of("role: domain-controller"), "after", List.of("running"))
            : Value.object("arguments", Value.object("device", "1042", "service", "DNS"));
    journal.add(
        new Journal.Stored(
            Optional.of((long) journal.size() + 4100),
            Json.text(call.isEmpty() ? leaf : leaf.with("call", Value.of(call))),
            "00",
            call.isEmpty() ? Value.Obj.EMPTY : body));
  }
}
