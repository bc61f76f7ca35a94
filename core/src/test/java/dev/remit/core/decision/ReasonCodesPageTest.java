package dev.remit.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReasonCodesPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("remit.root", "..")).resolve("docs/reference/reason-codes.md");

  @Test
  void everyCodeHasASectionInTheOrderOfTheListAndNoOtherHas() throws IOException {
    var sections =
        Pattern.compile("(?m)^## `([a-z-]+)`\n\n\\S.{20,}$")
            .matcher(Files.readString(PAGE))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(sections)
        .containsExactlyElementsOf(
            Arrays.stream(ReasonCode.values()).map(ReasonCode::code).toList());
  }
}
