package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every verdict of the published proof vectors (transparency-dev/merkle). */
@Tag("corpus")
class MerkleCorpusTest {
  private static final Pattern BASE64 = Pattern.compile("\"([A-Za-z0-9+/=]*)\"");

  @Test
  void everyVerdictOfTheCorpusAgrees() throws IOException {
    Path archive = corpora().resolve("merkle").resolve("vectors.tar.gz");
    if (!Files.exists(archive)) {
      skipped();
    }
    Map<String, String> files = TarGz.read(archive);
    List<String> disagreeing = new ArrayList<>();
    int cases = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getKey().endsWith(".json")) {
        cases++;
        boolean wanted = text(file.getValue(), "wantErr", "(true|false)").equals("false");
        if (accepts(file.getValue()) != wanted) {
          disagreeing.add(file.getKey());
        }
      }
    }
    System.out.println(
        "corpus merkle: " + (cases - disagreeing.size()) + " of " + cases + " agree");
    assertThat(cases).isPositive();
    assertThat(disagreeing).isEmpty();
  }

  private static Path corpora() {
    return Stream.of(System.getProperty("remit.corpora"), System.getenv("REMIT_CORPORA"))
        .filter(folder -> folder != null && !folder.isBlank())
        .map(Path::of)
        .filter(folder -> Files.isDirectory(folder.resolve("merkle")))
        .findFirst()
        .orElse(Path.of("no-corpora"));
  }

  private static void skipped() {
    String line = "corpus merkle: skipped, no merkle/vectors.tar.gz below `remit.corpora`";
    System.out.println(line);
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(line);
    }
    abort(line);
  }

  private static boolean accepts(String json) {
    try {
      return json.contains("\"leafIdx\"") ? included(json) : consistent(json);
    } catch (InvalidLogDataException e) {
      return false;
    }
  }

  private static boolean included(String json) {
    InclusionProof proof =
        new InclusionProof(number(json, "leafIdx"), number(json, "treeSize"), path(json));
    TreeHead head = new TreeHead(proof.treeSize(), Hash.of(base64(json, "root")));
    return proof.verify(Hash.of(base64(json, "leafHash")), head).isProven();
  }

  private static boolean consistent(String json) {
    long older = number(json, "size1");
    long newer = number(json, "size2");
    return new ConsistencyProof(older, newer, path(json))
        .verify(
            new TreeHead(older, opaqueRoot(json, "root1")),
            new TreeHead(newer, opaqueRoot(json, "root2")))
        .isProven();
  }

  /**
   * Some vectors on equal sizes have words ("don't care") in place of roots: what counts is whether
   * they are equal. Our roots are hashes by type, so a word stands for its hash.
   */
  private static Hash opaqueRoot(String json, String name) {
    byte[] root = base64(json, name);
    return root.length == Hash.SIZE_BYTES ? Hash.of(root) : MerkleTree.hashLeaf(root);
  }

  private static List<Hash> path(String json) {
    Matcher list = Pattern.compile("\"proof\":\\s*\\[([^]]*)]").matcher(json);
    return list.find()
        ? BASE64
            .matcher(list.group(1))
            .results()
            .map(hash -> Hash.of(Base64.getDecoder().decode(hash.group(1))))
            .toList()
        : List.of();
  }

  private static long number(String json, String name) {
    return Long.parseUnsignedLong(text(json, name, "([0-9]+)"));
  }

  private static byte[] base64(String json, String name) {
    return Base64.getDecoder().decode(text(json, name, BASE64.pattern()));
  }

  private static String text(String json, String name, String value) {
    Matcher field = Pattern.compile("\"" + name + "\":\\s*" + value).matcher(json);
    assertThat(field.find()).as(name + " in " + json).isTrue();
    return field.group(1);
  }
}
