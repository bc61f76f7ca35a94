package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import dev.remit.evidence.reconcile.Reconciliation;
import dev.remit.evidence.reconcile.Rules;
import dev.remit.evidence.reconcile.VendorLog;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** An act in which somebody uses the MSP's standing credential and says nothing to Remit. */
final class AroundRemit {

  /** The vendor's user that acts of the MSP's API client are written under. */
  private static final int USER = 9001;

  private static final String SERVICE = "Dnscache";

  private AroundRemit() {}

  static Act act() {
    return new Act(
        "change-around-remit",
        "A service is restarted in the RMM without Remit; the client's reconciliation finds it",
        "pack verified; governed changes 4, of them paired 4; without a receipt: RESTART of service"
            + " Dnscache on 1001; without an act: nothing",
        AroundRemit::found);
  }

  private static Happened found(Stage stage) {
    long governed = changes(stage);
    stage.rmm().restart(Words.WORKSTATION, SERVICE);
    Path pack = stage.scratch("reconciled.jsonl");
    var report = Evidence.exported(stage, pack);
    Path log = stage.scratch("rmm-activities.json");
    Path rules = stage.scratch("rmm-rules.json");
    try {
      var activities =
          Value.object("activities", new Value.Array(stage.rmm().activities(Words.HARBOR)));
      Files.write(log, Json.bytes(activities));
      Files.write(rules, Json.bytes(rules()));
      var how = Rules.parse(Files.readString(rules));
      var result =
          Reconciliation.of(pack, VendorLog.read(log, VendorLog.Format.NINJAONE, how), how);
      return new Happened(
          "pack %s; governed changes %d, of them paired %d; without a receipt: %s; without an act: %s"
              .formatted(
                  report.status().text(),
                  governed,
                  result.pairs().size(),
                  around(result),
                  unanswered(result)),
          "`remit evidence reconcile %s %s --format ninjaone --rules %s`"
              .formatted(pack, log, rules));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the client writes: who of the MSP shows up in this log, and for which time it is whole.
   */
  private static Value.Obj rules() {
    return Value.object(
        "connectors",
        Value.texts(List.of("rmm")),
        "principals",
        Value.texts(List.of(Integer.toString(USER))),
        "from",
        Instant.EPOCH.toString(),
        "until",
        Instant.now().toString());
  }

  /** Counted at the vendor: every change of a device of this company was asked for by Remit. */
  private static long changes(Stage stage) {
    return LabControl.objects(new Value.Array(stage.rmm().activities(Words.HARBOR))).stream()
        .filter(activity -> activity.text("statusCode").orElse("").equals("START_REQUESTED"))
        .count();
  }

  private static String around(Reconciliation result) {
    return result.around().stream()
        .map(
            act -> act.words().split(" requested", 2)[0] + " on " + String.join("/", act.targets()))
        .collect(Collectors.joining(", "));
  }

  private static String unanswered(Reconciliation result) {
    return result.unanswered().isEmpty()
        ? "nothing"
        : result.unanswered().stream()
            .map(receipt -> receipt.tool() + ", call " + receipt.call())
            .collect(Collectors.joining("; "));
  }
}
