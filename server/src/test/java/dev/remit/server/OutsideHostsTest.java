package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutsideHostsTest {
  /** The configuration that the reference page shows, word for word. */
  private static String page() throws IOException {
    var page =
        Files.readString(
            Path.of(System.getProperty("remit.root", "..")).resolve("docs/reference/broker-ssh.md"),
            StandardCharsets.UTF_8);
    int start = page.indexOf("```json\n") + 8;
    return page.substring(start, page.indexOf("```", start));
  }

  private static Value.Obj endpoint(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8))
        .object("endpoints")
        .flatMap(all -> all.object("linux"))
        .orElseThrow();
  }

  @Test
  void theConfigurationOfTheReferencePageIsGood() throws IOException {
    var hosts = OutsideHosts.configured(endpoint(page()));
    var made = hosts.endpoint((name, inline) -> () -> "key of " + name);
    assertThat(made.caKey().get()).isEqualTo("key of linux-ca");
    assertThat(made.hosts())
        .singleElement()
        .satisfies(host -> {
          assertThat(host.owner()).isEqualTo("harbor");
          assertThat(host.revoker()).isPresent();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"ca\"|\"cb\"",
        "\"192.0.2.7/32\"|",
        "\"192.0.2.7/32\"|\"anywhere\"",
        "\"192.0.2.7/32\"|7",
        "/usr/bin/systemctl|systemctl",
        "/usr/bin/systemctl|/usr/bin/../systemctl",
        "web1.harbor|Web1",
        "web1.harbor|web1;id",
        "\"owner\": \"harbor\"|\"owner\": \"\"",
        "\"address\"|\"at\"",
        "\"port\": 22|\"port\": 0",
        "\"port\": 22|\"port\": 70000",
        "\"port\": 22|\"port\": \"22\"",
        "ssh-ed25519 AAAA|ssh-rsa AAAA",
        "ssh-ed25519 AAAAC3|ssh-ed25519 BBBB",
        "\"account\": \"remit-revoke\"|\"account\": \"a b\"",
        "[\"/usr/bin/sudo\", \"-n\"|[\"sudo\", \"-n\"",
        "\"role\": \"web\"|\"role\": 1"
      })
  void whatIsMissingOrWrongIsSaidAtTheStart(String find, String replacement) throws IOException {
    var text = page();
    assertThat(text).contains(find);
    var changed = text.replace(find, replacement == null ? "" : replacement);
    assertThatThrownBy(() -> OutsideHosts.configured(endpoint(changed)))
        .isInstanceOf(InvalidValueException.class);
  }
}
