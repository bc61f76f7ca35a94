package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.log.Ed25519Cosigner;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutsideWitnessesTest {

  private static final String KEY =
      new Ed25519Cosigner(
              Ed25519Signer.generate(new KeyName("witness.example"), new SecureRandom()),
              InstantSource.fixed(Instant.EPOCH))
          .verifier()
          .toString();

  private static OutsideWitnesses at(String url) {
    return OutsideWitnesses.configured(
        Value.object("witnesses", List.of(Value.object("key", KEY, "url", url))));
  }

  @Test
  void nobodyOnTheWayAnswersForAWitness() {
    for (var url :
        List.of(
            "http://witness.example/",
            "http://10.0.0.7:7380/",
            "http://localhost.example/",
            "http://127.0.0.1.example/",
            "http://127.0.0.1:80@witness.example/",
            "ftp://witness.example/")) {
      assertThatThrownBy(() -> at(url))
          .as(url)
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("https");
    }
    for (var url :
        List.of(
            "https://witness.example/",
            "http://127.0.0.1:7380/",
            "http://[::1]:7380/log/",
            "http://localhost:7380")) {
      assertThat(at(url).sites()).as(url).hasSize(1);
    }
  }
}
