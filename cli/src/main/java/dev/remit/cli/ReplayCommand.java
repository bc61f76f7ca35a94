package dev.remit.cli;

import dev.remit.core.flow.Replay;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.InvalidPackException;
import dev.remit.evidence.PackLine;
import dev.remit.evidence.TrustFile;
import dev.remit.evidence.VerificationReport;
import dev.remit.json.Json;
import dev.remit.log.TrustPolicy;
import dev.remit.policy.CedarDecisionPoint;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit evidence replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Decides every recorded decision of an export again, by the policy of a workspace.",
      "Under the recorded version all come out the same; under another one, this is what it"
          + " changes.",
      "Exit 0 only if nothing comes out otherwise."
    })
final class ReplayCommand implements Callable<Integer> {

  private static final int SHOWN = 50;

  @Parameters(paramLabel = "PACK", description = "the export")
  private Path pack = Path.of("");

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      required = true,
      description = "the policy to decide by")
  private Path folder = Path.of("");

  @Option(
      names = "--trust",
      paramLabel = "KEYS",
      description = "a file with the log's keys, or a policy that names witnesses too")
  private Optional<Path> trust = Optional.empty();

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final List<Value> others = new ArrayList<>();
  private long decided;
  private long otherwise;
  private long otherVersions;
  private long unasked;

  @Override
  public Integer call() {
    VerificationReport report = verified();
    var workspace = workspace();
    var version =
        new Releases.Active(
            workspace.release(), new CedarDecisionPoint(workspace.release(), workspace.policies()));
    try (var reader = EvidencePack.read(pack)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        switch (line.get()) {
          case PackLine.Covered covered -> entry(version, covered.content());
          case PackLine.Pending pending -> entry(version, pending.content());
          default -> {}
        }
      }
    } catch (IOException | UncheckedIOException | InvalidPackException e) {
      throw CommandException.usage("cannot read the export: " + e.getMessage());
    }
    print(report, version.release().version().value());
    return otherwise == 0 ? 0 : CommandException.REFUSED;
  }

  private VerificationReport verified() {
    try {
      Optional<TrustPolicy> keys =
          trust.isPresent() ? Optional.of(TrustFile.read(trust.get())) : Optional.empty();
      VerificationReport report = EvidencePack.verify(pack, keys, Optional.empty());
      if (report.status() == VerificationReport.Status.REFUTED) {
        report.lines().forEach(spec.commandLine().getOut()::println);
        throw CommandException.refused("the export is not what was signed: nothing was replayed");
      }
      return report;
    } catch (IOException e) {
      throw CommandException.usage("cannot read a file: " + e.getMessage());
    }
  }

  private LoadedWorkspace workspace() {
    return switch (new Workspaces().read(folder)) {
      case WorkspaceResult.Loaded(LoadedWorkspace loaded) -> loaded;
      case WorkspaceResult.Refused refused ->
          throw CommandException.usage("the workspace is not in order:\n" + refused.text());
    };
  }

  private void entry(Releases.Active version, PackLine.Content content) {
    if (content.body().isEmpty()) {
      return;
    }
    var leaf = Json.parseObject(content.leaf());
    var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
    var replay = new Replay(version);
    for (var body : Replay.recorded(content.body().get().value())) {
      decided++;
      var recordedBy = fields.text("version").orElse("");
      if (!recordedBy.equals(version.release().version().value())) {
        otherVersions++;
      }
      switch (replay.again(
          new TenantId(leaf.text("tenant").orElse("")), leaf.text("task").orElse(""), body)) {
        case Replay.Same ignored -> {}
        case Replay.Unasked ignored -> unasked++;
        case Replay.Other(Value.Obj recorded, Value.Obj now) ->
            other(leaf, Value.object("version", recordedBy, "recorded", recorded, "now", now));
      }
    }
  }

  private void other(Value.Obj leaf, Value.Obj difference) {
    otherwise++;
    if (others.size() < SHOWN) {
      others.add(
          difference
              .with("entry", Value.of(leaf.text("id").orElse("")))
              .with("call", Value.of(leaf.text("call").orElse(""))));
    }
  }

  private void print(VerificationReport report, String version) {
    var out = spec.commandLine().getOut();
    if (json) {
      Output.json(
          out,
          Value.object(
              "pack", report.status().text(),
              "version", version,
              "decisions", decided,
              "same", decided - otherwise - unasked,
              "otherwise", otherwise,
              "unasked", unasked,
              "ofOtherVersions", otherVersions,
              "differences", new Value.Array(others)));
      return;
    }
    out.println("the export is " + report.status().text().replace('-', ' '));
    out.println(
        decided
            + " decisions replayed under "
            + version
            + ": "
            + (decided - otherwise - unasked)
            + " the same, "
            + otherwise
            + " otherwise, "
            + unasked
            + " about what this version does not know; "
            + otherVersions
            + " were made under another version");
    others.forEach(one -> out.println(Output.printable("otherwise: " + Json.text(one))));
  }
}
