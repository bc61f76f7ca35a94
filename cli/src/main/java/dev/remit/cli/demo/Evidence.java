package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.cli.process.Installation;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.TrustFile;
import dev.remit.evidence.VerificationReport;
import dev.remit.json.Json;
import dev.remit.log.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Acts on the log: it verifies offline against a key kept outside it, and a changed byte shows. */
final class Evidence {

  private Evidence() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "log-verifies",
            "The tenant's log is exported and verified offline against its key",
            "verified; calls without outcome 0; pending 0",
            Evidence::verifies),
        new Act(
            "flipped-byte",
            "One byte of the exported log is flipped",
            "refuted",
            Evidence::flipped),
        new Act(
            "receipt-verifies",
            "The receipt of the workstation's restart is verified by both verifiers, and changed by"
                + " one byte by neither",
            "whole verified verified; changed refuted refuted",
            Evidence::receipt),
        ForkedHead.act(),
        AroundRemit.act());
  }

  private static Happened receipt(Stage stage) {
    Path receipt = stage.scratch("restart.tlog-proof");
    String call =
        stage
            .trail(stage.noted("restart task"))
            .callOf(Words.RESTART_TOOL)
            .orElseThrow(() -> new IllegalStateException("no restart was carried out"));
    stage
        .people()
        .download(
            "/v1/evidence/" + Stage.TENANT + "/receipts/" + call,
            stream -> EvidencePack.save(stream, receipt));
    try {
      Path trust = Files.writeString(stage.scratch("client-trust.txt"), keys(stage) + "\n");
      byte[] bytes = Files.readAllBytes(receipt);
      bytes[bytes.length / 2] ^= 1;
      Path changed = Files.write(stage.scratch("restart-changed.tlog-proof"), bytes);
      return new Happened(
          "whole %s %s; changed %s %s"
              .formatted(
                  verify(stage, receipt).status().text(),
                  second(receipt, trust),
                  verify(stage, changed).status().text(),
                  second(changed, trust)),
          "call " + call + ", in `" + receipt + "`, by the keys in `" + trust + "`");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the verifier in another language says; it needs Node on the path. */
  static String second(Path file, Path trust) throws IOException {
    Path script = Installation.current().root().resolve("verifier/verify.mjs");
    var process =
        new ProcessBuilder(
                "node", script.toString(), file.toString(), "--trust", trust.toString(), "--json")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Json.parseObject(said.strip()).text("status").orElse("nothing");
  }

  private static Happened verifies(Stage stage) {
    Path pack = stage.scratch("evidence.jsonl");
    VerificationReport report =
        Patience.until(() -> exported(stage, pack), seen -> seen.counts().pending() == 0);
    return new Happened(
        "%s; calls without outcome %d; pending %d"
            .formatted(
                report.status().text(), report.counts().openCalls(), report.counts().pending()),
        report.counts().entries() + " entries in `" + pack + "`; " + report.lines().getLast());
  }

  static VerificationReport exported(Stage stage, Path pack) {
    stage
        .people()
        .download("/v1/evidence/" + Stage.TENANT, stream -> EvidencePack.save(stream, pack));
    return verify(stage, pack);
  }

  private static Happened flipped(Stage stage) {
    try {
      byte[] bytes = Files.readAllBytes(stage.scratch("evidence.jsonl"));
      bytes[bytes.length / 2] ^= 1;
      Path changed = stage.scratch("evidence-flipped.jsonl");
      Files.write(changed, bytes);
      VerificationReport report = verify(stage, changed);
      String where = report.findings().isEmpty() ? "" : report.findings().getFirst().toString();
      return new Happened(
          report.status().text(), "byte " + bytes.length / 2 + " flipped; found: " + where);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By the log's key alone. */
  static VerificationReport verify(Stage stage, Path pack) {
    return verify(pack, TrustFile.parse(keys(stage)));
  }

  static VerificationReport verify(Path pack, TrustPolicy trust) {
    try {
      return EvidencePack.verify(pack, Optional.of(trust), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log's key as the running server told it; a client gets it on a way of its own. */
  static String keys(Stage stage) {
    var server = stage.data().server();
    return server
        .text("logKey")
        .or(() -> server.object("logKeys").flatMap(keys -> keys.text(Stage.TENANT)))
        .orElseThrow(() -> new IllegalStateException("the server told no log key"));
  }
}
