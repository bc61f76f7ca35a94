package dev.remit.log;

import static dev.remit.log.VerifiedAssert.proven;
import static dev.remit.log.VerifiedAssert.refuted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {
  private static final String TEXT = "log.example/a\n7\n" + Hash.of(new byte[32]).toBase64() + "\n";
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1000));

  private final Ed25519Signer log = Notes.signer("log.example/a", 1);
  private final List<Ed25519Cosigner> witnesses = new ArrayList<>();

  TrustPolicyTest() {
    for (int i = 0; i < 6; i++) {
      witnesses.add(new Ed25519Cosigner(Notes.signer("w.example/" + i, 100 + i), CLOCK));
    }
  }

  /** The specification's own example, with keys in it. */
  private String example() {
    return """
    log LOG

    witness X1 W0
    witness X2 W1
    witness X3 W2
    group X-witnesses 2 X1 X2 X3

    witness Y1 W3
    witness Y2 W4
    witness Y3 W5
    group Y-witnesses any Y1 Y2 Y3

    group X-and-Y all X-witnesses Y-witnesses
    quorum X-and-Y
    """;
  }

  private TrustPolicy parse(String template) {
    String text =
        Pattern.compile("\\b(?:LOG|W[0-5])\\b")
            .matcher(template)
            .replaceAll(found -> key(found.group()));
    return TrustPolicy.parse(Notes.utf8(text));
  }

  private String key(String placeholder) {
    return placeholder.equals("LOG")
        ? log.verifier().toString()
        : witnesses.get(placeholder.charAt(1) - '0').verifier().toString();
  }

  private Set<String> cosigners(TrustPolicy policy, int... who) {
    SignedNote note = SignedNote.sign(TEXT, List.of(log));
    for (int i : who) {
      note = note.with(SignedNote.sign(TEXT, List.of(witnesses.get(i))).signatures().getFirst());
    }
    return proven(policy.cosigners(note));
  }

  private boolean isWitnessed(TrustPolicy policy, int... who) {
    return policy.isWitnessedBy(cosigners(policy, who));
  }

  @Test
  void theWorkedExampleAsksForTwoOfXAndOneOfY() {
    TrustPolicy policy = parse(example());

    assertThat(policy.logs()).containsExactly(log.verifier());
    assertThat(policy.asksForWitnesses()).isTrue();
    assertThat(isWitnessed(policy, 0, 1, 3)).isTrue();
    assertThat(isWitnessed(policy, 0, 2, 5)).isTrue();
    assertThat(isWitnessed(policy, 0, 1, 2)).isFalse();
    assertThat(isWitnessed(policy, 0, 3, 4, 5)).isFalse();
    assertThat(isWitnessed(policy)).isFalse();
  }

  @Test
  void aLogsKeyIsOfEd25519OrOfMlDsaAndOfNoOtherKind() {
    var newer = MlDsa44Cosigner.forLog(log.name(), new SecureRandom());
    TrustPolicy policy = parse("log LOG\nlog " + newer.verifier() + "\nquorum none\n");

    assertThat(policy.logs()).containsExactly(log.verifier(), newer.verifier());
    SignedNote note = SignedNote.sign(TEXT, List.of(newer));
    proven(note.verify(TrustedKeys.of(newer.verifier())));
    refuted(note.verify(TrustedKeys.of(log.verifier())), Refutation.NO_TRUSTED_SIGNATURE);
    assertThatThrownBy(() -> parse("log W0\nquorum none\n"))
        .isInstanceOf(InvalidLogDataException.class)
        .hasMessageContaining("0x01 or 0x06");
    assertThatThrownBy(() ->
            parse(
                "log " + newer.verifier() + "\nwitness one " + newer.verifier() + "\nquorum one\n"))
        .hasMessageContaining("already");
  }

  @Test
  void aStoredKeyIsReadAgainAndNotWithAnother() {
    var one = MlDsa44Cosigner.forLog(log.name(), new SecureRandom());
    var two = MlDsa44Cosigner.forLog(log.name(), new SecureRandom());

    var again = MlDsa44Cosigner.forLog(one.verifier(), one.toPkcs8());
    proven(SignedNote.sign(TEXT, List.of(again)).verify(TrustedKeys.of(one.verifier())));
    assertThatThrownBy(() -> MlDsa44Cosigner.forLog(one.verifier(), two.toPkcs8()))
        .hasMessageContaining("does not belong");
    assertThatThrownBy(() -> MlDsa44Cosigner.forLog(one.verifier(), new byte[3]))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void oneWitnessThatSignsTwiceCountsOnce() {
    TrustPolicy policy = parse(example());

    assertThat(cosigners(policy, 0, 0, 3)).containsExactlyInAnyOrder("X1", "Y1");
    assertThat(isWitnessed(policy, 0, 0, 3)).isFalse();
  }

  @Test
  void strangersCountForNothingAndAWrongCosignatureSpoilsAll() {
    TrustPolicy policy = parse("log LOG\nwitness one W0\nquorum one\n");
    SignedNote other =
        SignedNote.sign(TEXT.replace("\n7\n", "\n8\n"), List.of(witnesses.getFirst()));
    SignedNote note = SignedNote.sign(TEXT, List.of(log));

    assertThat(isWitnessed(policy, 1, 2)).isFalse();
    refuted(policy.cosigners(note.with(other.signatures().getFirst())), Refutation.BAD_SIGNATURE);
  }

  @Test
  void aPolicyWithoutQuorumOfWitnessesAsksForNone() {
    TrustPolicy policy = parse("log LOG https://log.example/\nquorum none\n");

    assertThat(policy.asksForWitnesses()).isFalse();
    assertThat(isWitnessed(policy)).isTrue();
  }

  @Test
  void blanksTabsCommentsAndAMissingLastNewlineDoNotMatter() {
    TrustPolicy policy =
        parse("# é\n \t\n\tlog\t LOG  \n  # more\nwitness K\u212a W0 https://w/ \nquorum K\u212a");

    assertThat(isWitnessed(policy, 0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "log LOG\n",
        "quorum none\nquorum none\n",
        "quorum one\n",
        "quorum one\nwitness one W0\n",
        "witness one W0\nquorum one two\n",
        "witness none W0\nquorum none\n",
        "witness one W0\nwitness one W1\nquorum one\n",
        "witness one W0\nwitness two W0\nquorum one\n",
        "log LOG\nlog LOG\nquorum none\n",
        "log W0\nquorum none\n",
        "witness one LOG\nquorum one\n",
        "witness one W0\ngroup g 0 one\nquorum g\n",
        "witness one W0\ngroup g 2 one\nquorum g\n",
        "witness one W0\ngroup g 01 one\nquorum g\n",
        "witness one W0\ngroup g 99999999999999999999 one\nquorum g\n",
        "witness one W0\ngroup g all\nquorum g\n",
        "witness one W0\ngroup g all none\nquorum g\n",
        "witness one W0\ngroup g any one one\nquorum g\n",
        "witness one W0\ngroup g any one\ngroup h any one\nquorum g\n",
        "witness one W0\ngroup one any one\nquorum one\n",
        "group g any h\ngroup h any g\nquorum g\n",
        "witness one W0 url more\nquorum one\n",
        "log LOG url more\nquorum none\n",
        "Quorum none\n",
        "quorum none\r\n",
        "quorum\u00a0none\n",
        "witness one W0\nquorum one # trailing\n",
        "log nonsense\nquorum none\n"
      })
  void whatTheSpecificationDoesNotAllowIsRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void aLogDoesNotWitnessItself() {
    String own = log.verifier().forCosignatures().toString();

    assertThatThrownBy(() -> parse("log LOG\nwitness one " + own + "\nquorum one\n"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("already");
  }

  @Test
  void thirtyTwoOfEachAreSupported() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      text.append("log ").append(Notes.signer("l/" + i, 1000 + i).verifier()).append('\n');
      var witness = new Ed25519Cosigner(Notes.signer("w/" + i, 2000 + i), CLOCK);
      text.append("witness w").append(i).append(' ').append(witness.verifier()).append('\n');
      text.append("group g%d any w%d %s\n".formatted(i, i, i == 0 ? "" : "g" + (i - 1)));
    }

    TrustPolicy policy = TrustPolicy.parse(Notes.utf8(text + "quorum g31\n"));

    assertThat(policy.isWitnessedBy(Set.of("w0"))).isTrue();
    assertThat(policy.isWitnessedBy(Set.of("other"))).isFalse();
  }
}
