package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's code is the code below, and it runs. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theExampleRuns() {
    SecureRandom random = new SecureRandom();
    List<byte[]> entries = Trees.entries(3, 1);
    Ed25519Signer signer = Ed25519Signer.generate(new KeyName("log.example/harbor-dental"), random);
    Frontier frontier = new Frontier();
    MemoryHashes hashes = new MemoryHashes();
    for (byte[] entry : entries) {
      frontier.append(MerkleTree.hashLeaf(entry), hashes);
    }
    Checkpoint checkpoint = new Checkpoint(new Origin(signer.name().value()), frontier.head());
    byte[] note = checkpoint.sign(signer).toBytes();
    InclusionProof proof = InclusionProof.create(1, frontier.size(), hashes);
    String verifierKey = signer.verifier().toString();
    assertThat(read(verifierKey, note, proof, entries.get(1))).isEqualTo("in the log at 1");
    assertThat(read(verifierKey, note, proof, entries.get(2))).startsWith("ROOT_MISMATCH");
  }

  private static String read(String verifierKey, byte[] note, InclusionProof proof, byte[] entry) {
    Ed25519Verifier key = Ed25519Verifier.parse(verifierKey);
    Verified<Leaf> answer =
        Checkpoint.open(note, new Origin(key.name().value()), TrustedKeys.of(key))
            .then(checkpoint -> proof.verify(MerkleTree.hashLeaf(entry), checkpoint.head()));
    String line =
        switch (answer) {
          case Verified.Proven<Leaf>(Leaf leaf) -> "in the log at " + leaf.index();
          case Verified.Refuted<Leaf>(Refutation reason, String detail) -> reason + ": " + detail;
        };
    return line;
  }

  @Test
  void theReadmeShowsExactlyThisCode() throws IOException {
    String source =
        squeeze(Files.readString(Path.of("src/test/java/dev/remit/log/ReadmeTest.java")));
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(blocks).hasSize(2).allSatisfy(block -> assertThat(source).contains(squeeze(block)));
  }

  private static String squeeze(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
