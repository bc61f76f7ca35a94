package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.secret.SealedSecrets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretDutyTest {
  private static final String SECRET = "correct horse battery staple";

  private final HashMap<Handler, Formatter> before = new HashMap<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // set before each test
  Path data;

  @BeforeEach
  void keepFormatters() {
    Arrays.stream(Logger.getLogger("").getHandlers())
        .forEach(handler -> before.put(handler, handler.getFormatter()));
  }

  @AfterEach
  void putFormattersBack() {
    before.forEach(Handler::setFormatter);
  }

  @Test
  void whatIsSealedIsWatchedForFromTheStart() {
    SealedSecrets.open(data).put("vendor", (SECRET + "\n").toCharArray());
    var check = SecretDuty.begin(data, new SecureRandom());
    assertThat(check.clean("it is " + SECRET)).isEqualTo("it is [removed]");
  }

  @Test
  void whatIsSealedAnewIsWatchedForInPlaceOfTheOld() {
    var check = SecretDuty.begin(data, new SecureRandom());
    SecretDuty.hold(check.live(), "vendor", SECRET);
    SecretDuty.hold(check.live(), "vendor", "another one of the kind");
    assertThat(check.clean(SECRET)).isEqualTo(SECRET);
    assertThat(check.clean("another one of the kind")).isEqualTo("[removed]");
  }

  @Test
  void aSecretThatCannotBeReadKeepsNobodyFromStarting() throws Exception {
    SealedSecrets.open(data).put("vendor", SECRET.toCharArray());
    java.nio.file.Files.write(data.resolve("secrets").resolve("vendor"), new byte[40]);
    assertThat(SecretDuty.begin(data, new SecureRandom()).live().size()).isZero();
  }

  @Test
  void noLineOfTheLogHoldsASecret() {
    SealedSecrets.open(data).put("vendor", SECRET.toCharArray());
    SecretDuty.begin(data, new SecureRandom());
    SecretDuty.begin(data, new SecureRandom());
    for (var handler : Logger.getLogger("").getHandlers()) {
      var line = new LogRecord(Level.WARNING, "the vendor said " + SECRET);
      assertThat(handler.getFormatter().format(line))
          .contains("the vendor said [removed]")
          .doesNotContain(SECRET);
    }
  }
}
