package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs every row of docs/reference/identity-cases.md, and holds the page to the rows. */
class IdentityCasesTest {

  private static final Path PAGE =
      Path.of(System.getProperty("remit.root", "..")).resolve("docs/reference/identity-cases.md");

  @TestFactory
  Stream<DynamicTest> eachCaseEndsAsThePageSays() {
    return IdentityCases.all().stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.group() + ": " + one.shown(),
                () -> {
                  var answer = IdentityCases.answer(one);
                  assertThat(IdentityCase.Outcome.of(answer))
                      .as("%s", answer)
                      .isEqualTo(one.outcome());
                }));
  }

  @Test
  void thePageIsTheTable() throws IOException {
    var tables = IdentityCases.tables();
    Files.writeString(Path.of("target/identity-cases.md"), tables);
    var page = Files.readString(PAGE);
    int begin = page.indexOf("## ");
    assertThat(begin < 0 ? "" : page.substring(begin))
        .as("copy identity/target/identity-cases.md into the page")
        .isEqualTo(tables);
  }

  @Test
  void noCaseIsThereTwice() {
    assertThat(IdentityCases.all().stream().map(one -> one.group() + one.shown()))
        .doesNotHaveDuplicates();
  }
}
