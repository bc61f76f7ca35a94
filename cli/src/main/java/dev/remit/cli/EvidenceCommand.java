package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.HtmlReport;
import dev.remit.evidence.Ocsf;
import dev.remit.evidence.Oscal;
import dev.remit.evidence.Period;
import dev.remit.evidence.Receipts;
import dev.remit.evidence.TrustFile;
import dev.remit.evidence.VerificationReport;
import dev.remit.evidence.reconcile.Reconciliation;
import dev.remit.evidence.reconcile.Rules;
import dev.remit.evidence.reconcile.VendorLog;
import dev.remit.log.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
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
    subcommands = {
      ReplayCommand.class,
      CustodyCommands.Holds.class,
      CustodyCommands.Hold.class,
      CustodyCommands.Release.class,
      CustodyCommands.Erase.class
    },
    description = "Exports a tenant's evidence, checks it offline, and says how long it is kept.")
final class EvidenceCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name a command: export, verify, receipt, reconcile, replay, report, ocsf, oscal, holds,"
            + " hold, release or erase");
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes a tenant's evidence to a file.")
  int export(
      @Mixin ServerOptions server,
      @Option(names = "--tenant", paramLabel = "T", required = true, description = "the tenant")
          String tenant,
      @Option(names = "--from", paramLabel = "TIME", description = "entries from this time on")
          Optional<String> from,
      @Option(names = "--until", paramLabel = "TIME", description = "entries before this time")
          Optional<String> until,
      @Option(
              names = "--since",
              paramLabel = "CHECKPOINT",
              description = "a checkpoint that you kept, to hold a later period against it")
          Optional<Path> since,
      @Option(
              names = "--reports",
              description = "write a page, OCSF events and OSCAL results beside it")
          boolean reports,
      @Option(
              names = "--trust",
              paramLabel = "KEYS",
              description = "what the reports are checked by")
          Optional<Path> trust,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "a new file")
          Path file) {
    if (Files.exists(file)) {
      throw CommandException.usage("`" + file + "` is there already: name a new file");
    }
    server
        .people()
        .download(
            "/v1/evidence/" + PeopleApi.encode(tenant) + wanted(from, until, since),
            pack -> EvidencePack.save(pack, file));
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
    if (reports) {
      reports(file, trust);
    }
    return 0;
  }

  private void reports(Path pack, Optional<Path> trust) {
    Path page = Path.of(pack + ".html");
    Path events = Path.of(pack + ".ocsf.jsonl");
    Path results = Path.of(pack + ".oscal.json");
    VerificationReport report = unrefuted(pack, trust, page);
    HtmlReport.write(pack, report, page);
    Ocsf.write(pack, events);
    Oscal.write(pack, report, results);
    wrote(page, report);
    wrote(events, report);
    wrote(results, report);
  }

  private static String wanted(
      Optional<String> from, Optional<String> until, Optional<Path> since) {
    Period.of(from, until);
    var parts = new ArrayList<String>();
    from.ifPresent(time -> parts.add("from=" + PeopleApi.encode(time)));
    until.ifPresent(time -> parts.add("until=" + PeopleApi.encode(time)));
    since.ifPresent(note -> parts.add("since=" + EvidencePack.sizeOf(read(note))));
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw CommandException.usage("cannot read a file: " + e.getMessage());
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Verifies an export or a receipt with nothing but what you bring; needs no server.",
        "Exit 0 only if it is verified; without --trust it is at best not anchored."
      })
  int verify(
      @Parameters(paramLabel = "FILE", description = "the export or receipt") Path file,
      @Option(
              names = "--trust",
              paramLabel = "KEYS",
              description = "a file with the log's keys, or a policy that names witnesses too")
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
      Optional<TrustPolicy> keys =
          trust.isPresent() ? Optional.of(TrustFile.read(trust.get())) : Optional.empty();
      Optional<String> checkpoint =
          since.isPresent() ? Optional.of(Files.readString(since.get())) : Optional.empty();
      return EvidencePack.verify(file, keys, checkpoint);
    } catch (IOException e) {
      throw CommandException.usage("cannot read a file: " + e.getMessage());
    }
  }

  @Command(
      name = "receipt",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the receipt of one call: its entries and their way into the signed log.",
        "It is taken out of an export, or made by the server."
      })
  int receipt(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "CALL", description = "the call's name") String call,
      @Option(names = "--pack", paramLabel = "FILE", description = "an export that you have")
          Optional<Path> pack,
      @Option(
              names = "--tenant",
              paramLabel = "T",
              description = "whose call it is, without --pack")
          Optional<String> tenant,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              required = true,
              description = "a new file, usually `.tlog-proof`")
          Path file) {
    if (Files.exists(file)) {
      throw CommandException.usage("`" + file + "` is there already: name a new file");
    }
    try {
      if (pack.isPresent()) {
        Receipts.fromPack(pack.get(), call).save(file);
      } else {
        String of =
            tenant.orElseThrow(() -> CommandException.usage("bring --pack, or name the --tenant"));
        server
            .people()
            .download(
                "/v1/evidence/" + PeopleApi.encode(of) + "/receipts/" + PeopleApi.encode(call),
                receipt -> EvidencePack.save(receipt, file));
      }
    } catch (IOException e) {
      throw CommandException.usage("cannot read the export: " + e.getMessage());
    }
    spec.commandLine()
        .getOut()
        .println(
            "wrote the receipt to `"
                + file
                + "`; check it with `remit evidence verify "
                + file
                + " --trust KEYS`");
    return 0;
  }

  @Command(
      name = "report",
      mixinStandardHelpOptions = true,
      description =
          "Writes an export as one page to read and print (HTML, nothing from elsewhere).")
  int page(
      @Parameters(paramLabel = "PACK", description = "the export") Path pack,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "a new file")
          Path file,
      @Option(
              names = "--trust",
              paramLabel = "KEYS",
              description = "a file with the log's keys, or a policy that names witnesses too")
          Optional<Path> trust) {
    VerificationReport report = unrefuted(pack, trust, file);
    HtmlReport.write(pack, report, file);
    return wrote(file, report);
  }

  @Command(
      name = "ocsf",
      mixinStandardHelpOptions = true,
      description = "Writes an export as events of OCSF 1.8, one JSON object a line.")
  int ocsf(
      @Parameters(paramLabel = "PACK", description = "the export") Path pack,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "a new file")
          Path file,
      @Option(
              names = "--trust",
              paramLabel = "KEYS",
              description = "a file with the log's keys, or a policy that names witnesses too")
          Optional<Path> trust) {
    VerificationReport report = unrefuted(pack, trust, file);
    Ocsf.write(pack, file);
    return wrote(file, report);
  }

  @Command(
      name = "oscal",
      mixinStandardHelpOptions = true,
      description = "Writes an export as assessment results of OSCAL 1.1.3, by control objective.")
  int oscal(
      @Parameters(paramLabel = "PACK", description = "the export") Path pack,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "a new file")
          Path file,
      @Option(
              names = "--trust",
              paramLabel = "KEYS",
              description = "a file with the log's keys, or a policy that names witnesses too")
          Optional<Path> trust) {
    VerificationReport report = unrefuted(pack, trust, file);
    Oscal.write(pack, report, file);
    return wrote(file, report);
  }

  /** Nothing readable is made of a pack that is not what was signed. */
  private VerificationReport unrefuted(Path pack, Optional<Path> trust, Path file) {
    if (Files.exists(file)) {
      throw CommandException.usage("`" + file + "` is there already: name a new file");
    }
    VerificationReport report = report(pack, trust, Optional.empty());
    if (report.status() == VerificationReport.Status.REFUTED) {
      report.lines().forEach(spec.commandLine().getOut()::println);
      throw CommandException.refused("the export is not what was signed: nothing was written");
    }
    return report;
  }

  private int wrote(Path file, VerificationReport report) {
    String status = report.status().text().replace('-', ' ');
    spec.commandLine().getOut().println("wrote `" + file + "`; the export is " + status);
    return 0;
  }

  @Command(
      name = "reconcile",
      mixinStandardHelpOptions = true,
      description = {
        "Holds a vendor's log that you exported against an export of Remit.",
        "Lists every act of the MSP's principals without a receipt, and every receipt without an"
            + " act.",
        "Exit 0 only if the export is verified and nothing is left over."
      })
  int reconcile(
      @Parameters(index = "0", paramLabel = "PACK", description = "the export") Path pack,
      @Parameters(index = "1", paramLabel = "VENDOR-LOG", description = "the vendor's log")
          Path vendorLog,
      @Option(
              names = "--format",
              paramLabel = "F",
              required = true,
              description = "ninjaone, entra-sign-in, entra-audit or csv")
          String format,
      @Option(
              names = "--rules",
              paramLabel = "FILE",
              required = true,
              description = "JSON: who of the MSP shows up in the log, and how it is read")
          Path rules,
      @Option(
              names = "--trust",
              paramLabel = "KEYS",
              description = "a file with the log's keys, or a policy that names witnesses too")
          Optional<Path> trust,
      @Option(names = "--json", description = "print JSON, for programs") boolean json) {
    VerificationReport report = report(pack, trust, Optional.empty());
    var out = spec.commandLine().getOut();
    if (report.status() == VerificationReport.Status.REFUTED) {
      report.lines().forEach(out::println);
      throw CommandException.refused("the export is not what was signed: nothing was reconciled");
    }
    Reconciliation result = reconciled(pack, vendorLog, format, rules);
    if (json) {
      Output.json(out, result.toValue().with("pack", Value.of(report.status().text())));
    } else {
      out.println("the export is " + report.status().text().replace('-', ' '));
      result.lines().forEach(line -> out.println(Output.printable(line)));
    }
    return report.isVerified() && result.isClean() ? 0 : CommandException.REFUSED;
  }

  private static Reconciliation reconciled(Path pack, Path log, String format, Path rules) {
    VendorLog.Format known =
        Arrays.stream(VendorLog.Format.values())
            .filter(f -> f.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(format))
            .findFirst()
            .orElseThrow(() ->
                CommandException.usage(
                    "`" + format + "` is no format: ninjaone, entra-sign-in, entra-audit, csv"));
    try {
      Rules how = Rules.parse(Files.readString(rules));
      return Reconciliation.of(pack, VendorLog.read(log, known, how), how);
    } catch (IOException e) {
      throw CommandException.usage("cannot read a file: " + e.getMessage());
    }
  }
}
