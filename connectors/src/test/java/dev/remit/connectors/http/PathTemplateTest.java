package dev.remit.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTemplateTest {
  private static final URI BASE = URI.create("https://vendor.example/api/");
  private final PathTemplate template =
      new PathTemplate("/v2/device/{device}/control", Map.of("name", "{name}", "df", "id={id}"));

  private URI fill(String device) {
    return new PathTemplate("/v2/device/{device}/control", Map.of())
        .fill(BASE, Value.object("device", device));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "%2f",
        "%2e%2e",
        "?x=1",
        "#f",
        ";v=1",
        "a b",
        "ü",
        "a%00",
        "@evil.example",
        "\"",
        "7&x=1",
        "..a",
        "...",
        "http:",
        "{service}",
        "a+b"
      })
  void hostileCase28AnArgumentIsOneSegmentWhateverItHolds(String device) {
    if (device.contains("%2e")) {
      assertThatThrownBy(() -> fill(device)).isInstanceOf(InvalidValueException.class);
      return;
    }
    var uri = fill(device);
    assertThat(uri.getRawPath().split("/", -1)).hasSize(6);
    assertThat(uri.getRawPath()).startsWith("/api/v2/device/").endsWith("/control");
    assertThat(uri.getRawQuery()).isNull();
    assertThat(uri.getRawFragment()).isNull();
    assertThat(uri.getHost()).isEqualTo("vendor.example");
    assertThat(uri.normalize()).isEqualTo(uri);
    assertThat(uri.getPath()).isEqualTo("/api/v2/device/" + device + "/control");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../admin",
        "7/../8",
        "..\\8",
        "7\\..",
        "%2e",
        "%2E%2e/x",
        ".%2e",
        "a\nb",
        "a\0",
        "\u0085"
      })
  void hostileCase28AnArgumentThatCouldClimbIsRefused(String device) {
    assertThatThrownBy(() -> fill(device)).isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v2", "/v2/../x", "/v2//x", "/a?b", "/a#b", "/x{device}", "/a/", "/a%2fb", "/."})
  void aDeclaredPathIsPlain(String path) {
    assertThatThrownBy(() -> new PathTemplate(path, Map.of()))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aMissingOrWholeArgumentIsRefused() {
    assertThatThrownBy(() -> template.fill(BASE, Value.object("id", 1)))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(
            () -> template.fill(BASE, Value.object("id", 1, "device", Value.object("a", 1))))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void queryValuesStayValues() {
    var uri = template.fill(BASE, Value.object("id", 7, "device", 7, "name", "a&df=org=2#"));
    assertThat(uri.getRawQuery()).isEqualTo("df=id%3D7&name=a%26df%3Dorg%3D2%23");
    assertThat(template.fill(BASE, Value.object("id", 7, "device", 7)).getRawQuery())
        .isEqualTo("df=id%3D7");
  }

  @Test
  void aListInAFilterIsPartedByCommas() {
    var list = new PathTemplate("/v2/health", Map.of("df", "id in ({ids})"));
    var uri = list.fill(BASE, Value.object("ids", List.of("7", "8")));
    assertThat(uri.getRawQuery()).isEqualTo("df=id%20in%20%287%2C8%29");
    for (var hostile :
        List.<List<String>>of(List.of("7", "8) AND (org=2"), List.of("7,8"), List.of())) {
      assertThatThrownBy(() -> list.fill(BASE, Value.object("ids", Value.texts(hostile))))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  @Test
  void aFilterLanguageTakesPlainWordsOnly() {
    assertThatThrownBy(() -> template.fill(BASE, Value.object("id", "7 or org=2", "device", 7)))
        .isInstanceOf(InvalidValueException.class);
  }
}
