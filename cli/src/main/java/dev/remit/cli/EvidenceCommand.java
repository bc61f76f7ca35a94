package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.TrustFile;
import dev.remit.evidence.VerificationReport;
import dev.remit.log.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit evidence}. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description = "Exports a tenant's evidence, and verifies an export offline.")
final class EvidenceCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: export or verify");
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes a tenant's evidence to a file.")
  int export(
      @Mixin ServerOptions server,
      @Option(names = "--tenant", paramLabel = "T", required = true, description = "the tenant")
          String tenant,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "a new file")
          Path file) {
    if (Files.exists(file)) {
      throw CommandException.usage("`" + file + "` is there already: name a new file");
    }
    var export = server.people().get("/v1/evidence/" + PeopleApi.encode(tenant));
    EvidencePack.write(export, file);
    spec.commandLine()
        .getOut()
        .println(
            "wrote the evidence of "
                + tenant
                + " to `"
                + file
                + "`; check it with `remit evidence verify "
                + file
                + " --trust KEYS`");
    return 0;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Verifies an export with nothing but the keys that you bring; needs no server.",
        "Exit 0 only if it is verified; without --trust it is at best not anchored."
      })
  int verify(
      @Parameters(paramLabel = "FILE", description = "the export") Path file,
      @Option(
              names = "--trust",
              paramLabel = "KEYS",
              description = "a file with one verifier key on a line")
          Optional<Path> trust,
      @Option(
              names = "--since",
              paramLabel = "CHECKPOINT",
              description = "a checkpoint that you kept: the log must continue it")
          Optional<Path> since,
      @Option(names = "--json", description = "print JSON, for programs") boolean json) {
    VerificationReport report = report(file, trust, since);
    var out = spec.commandLine().getOut();
    if (json) {
      Output.json(out, report.toValue());
    } else {
      report.lines().forEach(out::println);
    }
    return report.isVerified() ? 0 : CommandException.REFUSED;
  }

  private static VerificationReport report(Path file, Optional<Path> trust, Optional<Path> since) {
    try {
      Optional<TrustedKeys> keys =
          trust.isPresent() ? Optional.of(TrustFile.read(trust.get())) : Optional.empty();
      Optional<String> checkpoint =
          since.isPresent() ? Optional.of(Files.readString(since.get())) : Optional.empty();
      return EvidencePack.verify(file, keys, checkpoint);
    } catch (IOException e) {
      throw CommandException.usage("cannot read a file: " + e.getMessage());
    }
  }
}
