package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import dev.remit.web.http.HostRule;
import dev.remit.web.http.Limits;
import dev.remit.web.http.OperatorToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The defaults are safe, and nothing permits by being absent, empty or zero. */
class WireConfigTest {

  @Test
  void theDefaultsStayOnTheMachineAndHaveLimits() {
    var config = WireConfig.loopback(8470, 8471);
    assertThat(List.of(config.machines(), config.people()))
        .allSatisfy(listener -> {
          assertThat(listener.address()).isEqualTo("127.0.0.1");
          assertThat(listener.origins()).isEmpty();
          assertThat(listener.hosts()).containsExactlyInAnyOrder("127.0.0.1", "localhost", "[::1]");
        });
    assertThat(config.limits())
        .isEqualTo(
            new Limits(
                1_048_576,
                16_384,
                4_096,
                1_024,
                256,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                100));
    assertThat(config.authorizationServers()).isEmpty();
  }

  @Test
  void hostileCase08ALimitOfZeroIsRefused() {
    var second = Duration.ofSeconds(1);
    List<Runnable> wrong =
        List.of(
            () -> new Limits(0, 1, 1, 1, 1, second, second, 1),
            () -> new Limits(1, 0, 1, 1, 1, second, second, 1),
            () -> new Limits(1, 1, -1, 1, 1, second, second, 1),
            () -> new Limits(1, 1, 1, 0, 1, second, second, 1),
            () -> new Limits(1, 1, 1, 1, 0, second, second, 1),
            () -> new Limits(1, 1, 1, 1, 1, Duration.ZERO, second, 1),
            () -> new Limits(1, 1, 1, 1, 1, second, Duration.ofSeconds(-1), 1),
            () -> new Limits(1, 1, 1, 1, 1, second, second, 0));
    assertThat(wrong)
        .allSatisfy(limits ->
            assertThatThrownBy(limits::run)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be above zero"));
  }

  @Test
  void hostileCase04AnEmptyHostListAnswersNobody() {
    var none = new HostRule(Set.of(), Set.of());
    assertThat(none.allowsHost("localhost")).isFalse();
    assertThat(none.allowsHost("")).isFalse();
    assertThat(none.allowsOrigin(Optional.of("http://other"), "localhost")).isFalse();
  }

  @Test
  void aListedPortIsTheOnlyOne() {
    var rule =
        new HostRule(Set.of("remit.example:8443", "Localhost"), Set.of("https://remit.example"));
    assertThat(rule.allowsHost("REMIT.example:8443")).isTrue();
    assertThat(rule.allowsHost("remit.example")).isFalse();
    assertThat(rule.allowsHost("remit.example:80")).isFalse();
    assertThat(rule.allowsHost("localhost:1234")).isTrue();
    assertThat(rule.allowsHost("localhost:")).isFalse();
    assertThat(rule.allowsOrigin(Optional.of("https://remit.example"), "x")).isTrue();
    assertThat(rule.allowsOrigin(Optional.of("https://remit.example.evil"), "x")).isFalse();
  }

  @Test
  void aListenerNeedsAnAddressAndAPort() {
    assertThatThrownBy(() -> new WireConfig.Listener("", 1, Set.of(), Set.of()))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new WireConfig.Listener("127.0.0.1", 70_000, Set.of(), Set.of()))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void anOperatorTokenIsLongAndMatchesItselfOnly() {
    var token = OperatorToken.of(Rig.OPERATOR);
    assertThat(token.matches(Rig.OPERATOR)).isTrue();
    assertThat(token.matches(Rig.OPERATOR + " ")).isFalse();
    assertThat(token.matches("")).isFalse();
    assertThatThrownBy(() -> OperatorToken.of("short"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
