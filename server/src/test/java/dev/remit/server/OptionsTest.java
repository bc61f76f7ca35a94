package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void withoutArgumentsThereIsNoLabAndNoWorkspace() {
    var options = Options.parse(List.of());
    assertThat(options.lab()).isEmpty();
    assertThat(options.workspace()).isEmpty();
    assertThat(options.firstVersion()).isEmpty();
    assertThat(options.machinesPort()).isEqualTo(8470);
    assertThat(options.peoplePort()).isEqualTo(8471);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--lab-issuer x",
        "--data",
        "x",
        "--machines-port -1",
        "--people-port 65536",
        "--connections-every 9",
        "--connections-every never",
        "--machines-port ten"
      })
  void anythingElseIsRefused(String arguments) {
    assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" "))))
        .isInstanceOf(StartupException.class);
  }
}
