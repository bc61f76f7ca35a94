package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Authenticator.Unavailable;
import dev.remit.identity.KeyServer.Mood;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that come, go, and cannot be had, seen from the authenticator over real HTTP. */
class IssuerKeysTest {

  private static final TestKey OLD = TestKey.ec("old");
  private static final TestKey NEW = TestKey.ec("new");
  private static final Duration SHORT = Duration.ofMillis(300);

  private final AuthenticatorFixture fixture =
      new AuthenticatorFixture(SHORT, UnaryOperator.identity(), OLD);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void keysAreReadOnceForManyCalls() {
    for (int i = 0; i < 50; i++) {
      assertThat(fixture.authenticate(token(OLD, i))).isInstanceOf(Authenticated.class);
    }
    assertThat(fixture.server.hits()).isEqualTo(1);
  }

  @Test
  void aNewKeyIsFoundAtItsFirstUse() {
    assertThat(fixture.authenticate(token(OLD, 0))).isInstanceOf(Authenticated.class);
    fixture.server.publish(NEW, OLD);
    fixture.clock.passes(Duration.ofSeconds(10));
    assertThat(fixture.authenticate(token(NEW, 0))).isInstanceOf(Authenticated.class);
    assertThat(fixture.authenticate(token(OLD, 1))).isInstanceOf(Authenticated.class);
    assertThat(fixture.server.hits()).isEqualTo(2);
  }

  @Test
  void inventedKidsCannotMakeUsCallTheIssuerMoreThanEveryTenSeconds() {
    assertThat(fixture.authenticate(token(OLD, 0))).isInstanceOf(Authenticated.class);
    for (int i = 0; i < 100; i++) {
      var invented = TestToken.by(OLD).header("kid", "invented-" + i).text();
      assertThat(fixture.authenticate(invented)).isInstanceOf(Refused.class);
    }
    assertThat(fixture.server.hits()).isEqualTo(1);
    fixture.clock.passes(Duration.ofSeconds(10));
    for (int i = 0; i < 100; i++) {
      var invented = TestToken.by(OLD).header("kid", "invented-" + i).text();
      assertThat(fixture.authenticate(invented)).isInstanceOf(Refused.class);
    }
    assertThat(fixture.server.hits()).isEqualTo(2);
  }

  @Test
  void aKeyThatIsRotatedOutProvesNothingOnceKeysWereReadAgain() {
    String remembered = token(OLD, 0);
    assertThat(fixture.authenticate(remembered)).isInstanceOf(Authenticated.class);
    fixture.server.publish(NEW);
    fixture.clock.passes(Duration.ofMinutes(5));
    assertThat(fixture.authenticate(remembered))
        .isEqualTo(new Refused("the key that signed the token is no longer published"));
    assertThat(fixture.authenticate(remembered))
        .isEqualTo(new Refused("the issuer has no key of this kid"));
  }

  @Test
  void aRememberedTokenDoesNotOutliveAnotherKeyUnderItsKid() {
    String remembered = token(OLD, 0);
    assertThat(fixture.authenticate(remembered)).isInstanceOf(Authenticated.class);
    fixture.server.publish(TestKey.ec("old"));
    fixture.clock.passes(Duration.ofMinutes(5));
    assertThat(fixture.authenticate(remembered))
        .isEqualTo(new Refused("the key that signed the token is no longer published"));
    assertThat(fixture.authenticate(remembered))
        .isEqualTo(new Refused("the token's signature is wrong"));
  }

  @ParameterizedTest
  @EnumSource(value = Mood.class, mode = EnumSource.Mode.EXCLUDE, names = "WELL")
  void anIssuerThatIsAwayAtTheStartProvesNobodyUntilItIsBack(Mood mood) {
    fixture.server.becomes(mood);
    assertThat(fixture.authenticate(token(OLD, 0))).isInstanceOf(Unavailable.class);
    fixture.server.becomes(Mood.WELL);
    fixture.clock.passes(Duration.ofSeconds(9));
    assertThat(fixture.authenticate(token(OLD, 0))).isInstanceOf(Unavailable.class);
    assertThat(fixture.server.hits()).isEqualTo(1);
    fixture.clock.passes(Duration.ofSeconds(1));
    assertThat(fixture.authenticate(token(OLD, 0))).isInstanceOf(Authenticated.class);
  }

  @ParameterizedTest
  @EnumSource(value = Mood.class, mode = EnumSource.Mode.EXCLUDE, names = "WELL")
  void theLastGoodKeysServeForAnHourWhileTheIssuerIsAway(Mood mood) {
    assertThat(fixture.authenticate(token(OLD, 0))).isInstanceOf(Authenticated.class);
    fixture.server.becomes(mood);
    fixture.clock.passes(Duration.ofMinutes(59));
    assertThat(fixture.authenticate(fresh(OLD))).isInstanceOf(Authenticated.class);
    assertThat(fixture.authenticate(fresh(NEW))).isInstanceOf(Unavailable.class);
    fixture.clock.passes(Duration.ofMinutes(1));
    assertThat(fixture.authenticate(fresh(OLD))).isInstanceOf(Unavailable.class);
    fixture.server.becomes(Mood.WELL);
    fixture.clock.passes(Duration.ofSeconds(10));
    assertThat(fixture.authenticate(fresh(OLD))).isInstanceOf(Authenticated.class);
  }

  @Test
  void aTokenThatFailsOnItsFaceDoesNotMakeUsCallTheIssuer() {
    assertThat(fixture.authenticate(TestToken.by(OLD).claim("aud", "other").text()))
        .isInstanceOf(Refused.class);
    assertThat(fixture.authenticate(TestToken.by(OLD).at("iat", -700).at("exp", -100).text()))
        .isInstanceOf(Refused.class);
    assertThat(fixture.authenticate("x.y.z")).isInstanceOf(Refused.class);
    assertThat(fixture.server.hits()).isZero();
  }

  @Test
  void aKeySetWithItsPrivateHalfIsNotBelieved() {
    var leaked = OLD.with("d", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE");
    fixture.server.publish(leaked);
    assertThat(fixture.authenticate(token(OLD, 0))).isNotInstanceOf(Authenticated.class);
  }

  private static String token(TestKey key, int number) {
    return TestToken.by(key).claim("jti", "n" + number).text();
  }

  /** A token issued at the fixture's time. */
  private String fresh(TestKey key) {
    long passed = Duration.between(TestToken.NOW, fixture.clock.instant()).toSeconds();
    return TestToken.by(key).at("iat", passed).at("exp", passed + 600).text();
  }
}
