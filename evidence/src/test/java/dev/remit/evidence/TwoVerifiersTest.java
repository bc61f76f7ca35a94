package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.log.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our two verifiers, in two languages and apart from each other, over the same cases: they agree on
 * every verdict, on every finding and on its place.
 */
class TwoVerifiersTest {

  @TempDir private Path folder;

  @Test
  void bothVerifiersAgreeOnEveryCase() throws Exception {
    List<Case> cases = new MutationRun().cases();
    List<Value.Obj> answers = script(cases);

    assertThat(answers).hasSameSizeAs(cases);
    List<String> disagreeing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      Verdict ours = verdict(one);
      Verdict theirs = verdict(answers.get(i));
      if (!ours.equals(theirs)) {
        disagreeing.add(one.name() + ": " + ours + " here, " + theirs + " there");
      }
      if (one.isGood() != ours.status().equals("verified")) {
        wrong.add(one.name() + ": " + ours);
      }
    }
    System.out.println(
        "two verifiers: " + (cases.size() - disagreeing.size()) + " of " + cases.size() + " agree");
    assertThat(wrong).isEmpty();
    assertThat(disagreeing).isEmpty();
  }

  /** What both have to say alike. */
  private record Verdict(String status, List<String> findings) {}

  private static Verdict verdict(Case one) {
    Optional<TrustPolicy> trust;
    try {
      trust = one.trust().map(TrustFile::parse);
    } catch (InvalidValueException e) {
      return new Verdict("no-trust", List.of());
    }
    VerificationReport report = one.verify(trust);
    List<String> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      findings.add(
          finding.code().text()
              + " at "
              + finding.place().line()
              + ", "
              + finding.place().byteOffset());
    }
    return new Verdict(report.status().text(), findings);
  }

  private static Verdict verdict(Value.Obj answer) {
    List<String> findings = new ArrayList<>();
    for (Value item : answer.items("findings")) {
      var finding = (Value.Obj) item;
      findings.add(
          finding.text("code").orElseThrow()
              + " at "
              + finding.integer("line").orElseThrow()
              + ", "
              + finding.integer("byte").orElseThrow());
    }
    return new Verdict(answer.text("status").orElseThrow(), findings);
  }

  private List<Value.Obj> script(List<Case> cases) throws IOException, InterruptedException {
    Path in = folder.resolve("cases");
    Path out = folder.resolve("answers");
    try (var writer = Files.newBufferedWriter(in)) {
      for (Case one : cases) {
        writer.write(Json.text(one.toValue()));
        writer.write('\n');
      }
    }
    Process node;
    try {
      node =
          new ProcessBuilder("node", verifier().toString(), "--batch")
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return skipped();
    }
    assertThat(node.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).isZero();
    return Files.readAllLines(out).stream().map(Json::parseObject).toList();
  }

  private static Path verifier() {
    return Path.of(System.getProperty("remit.root", "..")).resolve("verifier/verify.mjs");
  }

  private static List<Value.Obj> skipped() {
    String line = "two verifiers: skipped, there is no `node` on the path";
    System.out.println(line);
    assertThat(System.getenv("CI")).as(line).isNotEqualTo("true");
    return abort(line);
  }

  /**
   * One file with what the reader brings to it.
   *
   * @param base64 of the file
   */
  record Case(
      String name, Optional<String> trust, Optional<String> since, String base64, boolean isGood) {

    static Case of(
        String name, Optional<String> trust, Optional<String> since, byte[] file, boolean isGood) {
      return new Case(name, trust, since, Base64.getEncoder().encodeToString(file), isGood);
    }

    VerificationReport verify(Optional<TrustPolicy> keys) {
      byte[] file = Base64.getDecoder().decode(base64);
      return Receipt.isReceipt(file)
          ? ReceiptVerification.of(file, keys)
          : SampleLog.verify(file, keys, since);
    }

    Value.Obj toValue() {
      return Value.object(
          "trust", trust.<Value>map(Value::of).orElse(Value.Null.NULL),
          "since", since.<Value>map(Value::of).orElse(Value.Null.NULL),
          "file", base64);
    }
  }
}
