package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCommandTest {

  private static String read(String given) throws IOException {
    var in = new ByteArrayInputStream(given.getBytes(StandardCharsets.UTF_8));
    return new String(SecretCommand.read(in), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n"})
  void oneLineEndIsNotPartOfIt(String given) throws IOException {
    assertThat(read(given)).isEqualTo("s3cret");
  }

  @Test
  void allElseIsKept() throws IOException {
    assertThat(read(" two\nlines \n\n")).isEqualTo(" two\nlines \n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void nothingIsWrongInput(String given) {
    assertThatThrownBy(() -> read(given))
        .isInstanceOfSatisfying(CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(2));
  }

  @Test
  void tooMuchIsWrongInputAndNotCut() {
    assertThatThrownBy(() -> read("x".repeat(64 * 1024 + 1))).isInstanceOf(CommandException.class);
  }

  @Test
  void aSecretInAnArgumentIsWrongUsage() {
    var ran = MainTest.run("secret", "put", "rmm-client", "s3cret");
    assertThat(ran.exit()).isEqualTo(2);
  }
}
