package dev.remit.log.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.log.Checkpoint;
import dev.remit.log.ConsistencyProof;
import dev.remit.log.Hash;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
  /** The worked example of C2SP tlog-witness. */
  private static final String SPEC_REQUEST =
      """
      old 20852014
      PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
      jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
      5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
      /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
      """;

  private final WitnessedLog log = new WitnessedLog("log.example/a", 1);
  private final Memory memory = new Memory();
  private final Witness witness = witness(memory);

  private Witness witness(WitnessStates states) {
    return new Witness(Map.of(log.origin, log.keys()), WitnessedLog.COSIGNER, states);
  }

  private WitnessAnswer add(long oldSize, int size) {
    return witness.add(log.request(oldSize, size));
  }

  @Test
  void theWorkedExampleReadsAndIsWrittenAgain() {
    byte[] body = SPEC_REQUEST.getBytes(StandardCharsets.UTF_8);

    AddCheckpoint request = AddCheckpoint.parse(body);

    assertThat(request.oldSize()).isEqualTo(20_852_014);
    assertThat(request.proof()).hasSize(4);
    assertThat(request.claimed().head().size()).isEqualTo(20_852_163);
    assertThat(request.toBytes()).isEqualTo(body);
  }

  @Test
  void theWorkedExampleIsOfALogThisWitnessDoesNotKnow() {
    assertThat(witness.add(SPEC_REQUEST.getBytes(StandardCharsets.UTF_8)).kind().status())
        .isEqualTo(404);
  }

  @Test
  void aLogThatGrowsIsCosignedAtEveryStep() {
    int before = 0;
    for (int size : new int[] {0, 1, 1, 2, 5, 8, 64, 100}) {
      WitnessAnswer answer = add(before, size);
      assertThat(answer.kind().status()).as("%d to %d", before, size).isEqualTo(200);
      SignedNote cosigned =
          SignedNote.parse(
              (log.note(size).text() + "\n" + answer.body()).getBytes(StandardCharsets.UTF_8));
      assertThat(cosigned.verify(TrustedKeys.of(WitnessedLog.COSIGNER.verifier())).isProven())
          .isTrue();
      assertThat(memory.size(log.origin)).isEqualTo(size);
      before = size;
    }
  }

  @Test
  void aStaleSizeIsAnsweredWithTheOneTheWitnessKnows() {
    add(0, 50);

    WitnessAnswer answer = add(20, 60);

    assertThat(answer.kind().status()).isEqualTo(409);
    assertThat(answer.contentType()).isEqualTo("text/x.tlog.size");
    assertThat(answer.body()).isEqualTo("50\n");
    assertThat(add(0, 60).kind().status()).isEqualTo(409);
    assertThat(memory.size(log.origin)).isEqualTo(50);
  }

  @Test
  void anOlderCheckpointIsNeverCosignedAgain() {
    add(0, 50);

    assertThat(add(20, 20).kind().status()).isEqualTo(409);
    assertThat(add(50, 20).kind().status()).isEqualTo(400);
    assertThat(memory.size(log.origin)).isEqualTo(50);
  }

  @Test
  void aForkedHeadIsRefusedAtItsOwnSizeAndBeyond() {
    add(0, 50);
    var fork = log.forked(30);

    assertThat(witness.add(fork.request(50, 50)).kind().status()).isEqualTo(409);
    assertThat(witness.add(fork.request(50, 60)).kind().status()).isEqualTo(422);
    assertThat(memory.size(log.origin)).isEqualTo(50);
    assertThat(add(50, 60).kind().status()).isEqualTo(200);
  }

  @Test
  void aProofThatDoesNotLeadThereIsRefused() {
    add(0, 50);
    List<Hash> proof = ConsistencyProof.create(50, 60, log.hashes).path();
    var longer = new ArrayList<>(proof);
    longer.add(Hash.of(new byte[32]));

    for (List<Hash> bad : List.of(List.<Hash>of(), proof.subList(1, proof.size()), longer)) {
      var request = new AddCheckpoint(50, bad, log.note(60));
      assertThat(witness.add(request.toBytes()).kind().status()).isEqualTo(422);
    }
    var same = new AddCheckpoint(50, proof, log.note(50));
    assertThat(witness.add(same.toBytes()).kind().status()).isEqualTo(422);
  }

  @Test
  void theFirstCheckpointComesWithoutProof() {
    var request = new AddCheckpoint(0, List.of(Hash.of(new byte[32])), log.note(5));

    assertThat(witness.add(request.toBytes()).kind().status()).isEqualTo(422);
    assertThat(memory.size(log.origin)).isZero();
  }

  @Test
  void aCheckpointThatTheLogDidNotSignIsForbidden() {
    var other = new WitnessedLog("log.example/a", 2);
    byte[] tampered =
        new String(log.request(0, 5), StandardCharsets.UTF_8)
            .replace("\n5\n", "\n6\n")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(witness.add(other.request(0, 5)).kind().status()).isEqualTo(403);
    assertThat(witness.add(tampered).kind().status()).isEqualTo(403);
    assertThat(memory.size(log.origin)).isZero();
  }

  @Test
  void aLogSignedByAKnownKeyUnderAnotherNameIsUnknown() {
    var note = new Checkpoint(new Origin("log.example/b"), log.head(5)).sign(log.signer);

    assertThat(witness.add(new AddCheckpoint(0, List.of(), note).toBytes()).kind().status())
        .isEqualTo(404);
  }

  @Test
  void whatIsNoRequestIsSaidToBeNone() {
    String good = new String(log.request(0, 5), StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            "",
            "\n\n",
            "old 0",
            good.replace("old 0", "old 00"),
            good.replace("old 0", "old -1"),
            good.replace("old 0", "old 9223372036854775808"),
            good.replace("old 0", "Old 0"),
            good.replace("old 0\n", "old 0\nAAAA\n"),
            good.replace(
                "old 0\n", "old 0\n" + (Hash.of(new byte[32]).toBase64() + "\n").repeat(64)),
            good.substring(0, good.length() - 1),
            good.substring(0, good.indexOf("\n\n—") + 2),
            good + "\n")) {
      assertThat(witness.add(bad.getBytes(StandardCharsets.UTF_8)).kind().status())
          .as(bad)
          .isEqualTo(400);
    }
  }

  @Test
  void strangersSignaturesAreNotKept() throws IOException {
    var stranger = new WitnessedLog("log.example/a", 3);
    SignedNote note = log.note(5).with(stranger.note(5).signatures().getFirst());

    assertThat(witness.add(new AddCheckpoint(0, List.of(), note).toBytes()).kind().status())
        .isEqualTo(200);
    assertThat(memory.latest(log.origin).orElseThrow().signatures()).hasSize(2);
  }

  @Test
  void manyCallersAtOnceNeverTakeItBack() throws Exception {
    add(0, 1);
    List<Callable<WitnessAnswer>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      int size = 2 + i % 16;
      calls.add(() -> add(1, size));
    }
    try (var callers = Executors.newFixedThreadPool(8)) {
      int cosigned = 0;
      for (Future<WitnessAnswer> answer : callers.invokeAll(calls)) {
        cosigned += answer.get().kind() == WitnessAnswer.Kind.COSIGNED ? 1 : 0;
      }
      assertThat(cosigned).isEqualTo(1);
    }
  }

  @Test
  void aWitnessThatCannotRememberCosignsNothingAndNothingAfterThat() {
    memory.failure = Optional.of(new IOException("the disk is full"));

    assertThat(add(0, 5).kind().status()).isEqualTo(503);
    memory.failure = Optional.empty();
    assertThat(add(0, 5).kind().status()).isEqualTo(503);
    assertThat(memory.size(log.origin)).isZero();
  }

  @Test
  void aMemoryThatTheLogDidNotSignStopsTheStart() {
    memory.notes.put(log.origin, new WitnessedLog("log.example/a", 4).note(9));

    assertThatThrownBy(() -> witness(memory))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("not signed");
  }

  @Test
  void theFolderRemembersAcrossAStart(@TempDir Path folder) throws IOException {
    Path states = folder.resolve("states");
    FolderStates.create(states);
    try (var first = FolderStates.open(states)) {
      assertThat(witness(first).add(log.request(0, 40)).kind().status()).isEqualTo(200);
      assertThatThrownBy(() -> FolderStates.open(states)).hasMessageContaining("another witness");
    }
    try (var second = FolderStates.open(states)) {
      Witness again = witness(second);
      assertThat(again.add(log.forked(30).request(40, 50)).kind().status()).isEqualTo(422);
      assertThat(again.add(log.request(0, 50)).body()).isEqualTo("40\n");
      assertThat(again.add(log.request(40, 50)).kind().status()).isEqualTo(200);
    }
  }

  @Test
  void aFolderThatIsGoneOrDamagedStopsTheStart(@TempDir Path folder) throws IOException {
    Path states = folder.resolve("states");
    assertThatThrownBy(() -> FolderStates.open(states)).hasMessageContaining("missing");
    FolderStates.create(states);
    assertThatThrownBy(() -> FolderStates.create(states)).isInstanceOf(IOException.class);
    try (var open = FolderStates.open(states)) {
      witness(open).add(log.request(0, 40));
      try (var files = Files.newDirectoryStream(states, "*.checkpoint")) {
        Files.writeString(files.iterator().next(), "");
      }
      assertThatThrownBy(() -> witness(open)).hasMessageContaining("damaged");
    }
  }

  /** Remembers in memory, and fails when told. */
  private static final class Memory implements WitnessStates {
    private final Map<Origin, SignedNote> notes = new HashMap<>();
    private Optional<IOException> failure = Optional.empty();

    long size(Origin log) {
      SignedNote note = notes.get(log);
      return note == null ? 0 : Checkpoint.parse(note.text()).head().size();
    }

    @Override
    public Optional<SignedNote> latest(Origin log) throws IOException {
      return Optional.ofNullable(notes.get(log));
    }

    @Override
    public void remember(Origin log, SignedNote checkpoint) throws IOException {
      if (failure.isPresent()) {
        throw failure.get();
      }
      notes.put(log, checkpoint);
    }
  }
}
