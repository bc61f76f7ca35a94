package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every validation verdict of the published corpus, by the library that validates our policies. */
@Tag("corpus")
class ValidationCorpusTest {
  private static final int BLOCK = 512;

  @Test
  void everyValidationVerdictOfTheCorpusAgrees() throws IOException {
    var archive =
        Path.of(System.getProperty("remit.corpora", "no-corpora")).resolve("cedar/corpus.tar.gz");
    if (!Files.exists(archive)) {
      System.out.println("corpus cedar validation: skipped, no cedar/corpus.tar.gz");
      assertThat(System.getenv("CI")).isNotEqualTo("true");
      abort("no corpus");
    }
    var files = read(archive);
    List<String> disagreeing = new ArrayList<>();
    int cases = 0;
    for (var file : files.entrySet()) {
      if (file.getKey().endsWith(".json") && !file.getKey().endsWith(".entities.json")) {
        cases++;
        var test = new ObjectMapper().readTree(file.getValue());
        boolean isValid =
            isValid(
                text(files, test.path("policies").asText()),
                text(files, test.path("schema").asText()));
        if (isValid != test.path("shouldValidate").asBoolean()) {
          disagreeing.add(file.getKey());
        }
      }
    }
    System.out.println(
        "corpus cedar validation: " + (cases - disagreeing.size()) + " of " + cases + " agree");
    assertThat(cases).isPositive();
    assertThat(disagreeing).isEmpty();
  }

  private static boolean isValid(String policies, String schema) {
    try {
      var response =
          new BasicAuthorizationEngine()
              .validate(
                  new ValidationRequest(new Schema(schema), PolicySet.parsePolicies(policies)));
      return response.validationPassed();
    } catch (AuthException e) {
      return false;
    }
  }

  private static String text(Map<String, String> files, String path) {
    return java.util.Objects.requireNonNull(
        files.get(path.substring(path.lastIndexOf('/') + 1)), path);
  }

  /** The files of a ustar archive by their last name. */
  private static Map<String, String> read(Path archive) throws IOException {
    var files = new HashMap<String, String>();
    try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
      byte[] header = new byte[BLOCK];
      for (in.readFully(header); header[0] != 0; in.readFully(header)) {
        String name = new String(header, 0, 100, StandardCharsets.UTF_8).replaceFirst("\0.*", "");
        int size = Integer.parseInt(new String(header, 124, 11, StandardCharsets.UTF_8).strip(), 8);
        byte[] content = new byte[size];
        in.readFully(content);
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        files.put(
            name.substring(name.lastIndexOf('/') + 1), new String(content, StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
