package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Refused;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hostile token comes twice: what was refused once is not believed from memory. */
class HostileTokenTest {

  private static final AuthenticatorFixture FIXTURE = new AuthenticatorFixture(HostileTokens.KEYS);

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.remit.identity.HostileTokens#all")
  void aHostileTokenIsRefusedForTheRightReasonAndNotRepeated(HostileTokens.Case hostile) {
    for (int i = 0; i < 2; i++) {
      assertThat(FIXTURE.authenticate(hostile.token())).isEqualTo(new Refused(hostile.detail()));
    }
  }

  @Test
  void theTokenThatTheyAllStartFromIsGood() {
    assertThat(FIXTURE.authenticate(HostileTokens.good().text())).isInstanceOf(Authenticated.class);
    assertThat(FIXTURE.authenticate(HostileTokens.good().at("iat", -600).at("exp", -29).text()))
        .isInstanceOf(Authenticated.class);
    assertThat(FIXTURE.authenticate(HostileTokens.good().at("nbf", 30).at("exp", 3_600).text()))
        .isInstanceOf(Authenticated.class);
  }

  @AfterAll
  static void close() {
    FIXTURE.close();
  }
}
