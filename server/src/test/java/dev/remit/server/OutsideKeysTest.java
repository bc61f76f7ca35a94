package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutsideKeysTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // set before each test
  Path folder;

  /** The configuration of the reference page that lists this endpoint, word for word. */
  private static String page(String endpoint) throws IOException {
    var page =
        Files.readString(
            Path.of(System.getProperty("remit.root", ".."))
                .resolve("docs/reference/broker-http.md"),
            StandardCharsets.UTF_8);
    int start = page.indexOf("{\"endpoints\": {\"" + endpoint + "\"");
    return page.substring(start, page.indexOf("```", start));
  }

  private Outside read(String text) throws IOException {
    var file = Files.writeString(folder.resolve("config.json"), text);
    return Outside.read(Optional.of(file), Optional.empty());
  }

  @Test
  void theConfigurationsOfTheReferencePageAreGood() throws IOException {
    assertThat(read(page("rmm")).endpoints().get("rmm")).isInstanceOf(Outside.Http.class);
    assertThat(read(page("tf")).endpoints())
        .containsEntry(
            "tf",
            new Outside.Vault(
                URI.create("https://tf.example/api"),
                "Authorization",
                "Bearer",
                URI.create("https://vault.example:8200"),
                "terraform/creds/remit",
                "token",
                "vault-broker"));
    assertThat(read(page("backup")).endpoints())
        .containsEntry(
            "backup",
            new Outside.Key(
                URI.create("https://backup.example/api"), "X-Api-Key", "", "backup-key"))
        .containsEntry(
            "wiki",
            new Outside.Key(
                URI.create("https://wiki.example/api"), "Authorization", "Bearer", "wiki-key"));
  }

  @Test
  void aKeyNeedsAHeader() throws IOException {
    var text = page("backup").replace("\"header\": \"X-Api-Key\", ", "");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("header");
  }
}
