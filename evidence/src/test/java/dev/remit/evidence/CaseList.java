package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.pack;

import dev.remit.evidence.TwoVerifiersTest.Case;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cases of two verifiers as they gather, with the trust that most of them are read under. */
final class CaseList {
  static final String POLICY = Witnesses.anyOfTwo();
  static final String KEYS = SampleLog.SIGNER.verifier() + "\n";
  private final List<Case> cases = new ArrayList<>();

  /** The sample log with an earlier checkpoint that a witness cosigned. */
  static SampleLog witnessed() {
    var log = SampleLog.complete();
    log.cosigned.add(log.note(2, Witnesses.ONE));
    return log;
  }

  List<Case> all() {
    return List.copyOf(cases);
  }

  void add(Case one) {
    cases.add(one);
  }

  void add(boolean isGood, String name, String trust, byte[] file) {
    cases.add(Case.of(name, Optional.of(trust), Optional.empty(), file, isGood));
  }

  void bad(String name, byte[] file) {
    add(false, name, POLICY, file);
  }

  void since(String name, String checkpoint, byte[] pack, boolean isGood) {
    cases.add(Case.of(name, Optional.of(KEYS), Optional.of(checkpoint), pack, isGood));
  }

  static byte[] join(List<String> lines) {
    String text = String.join("\n", lines);
    return (text.isEmpty() ? "" : text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
