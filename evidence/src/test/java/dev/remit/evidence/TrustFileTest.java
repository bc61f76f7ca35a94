package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustFileTest {

  @Test
  void commentsAndEmptyLinesAreForPeople() {
    var keys = TrustFile.parse("# ours\n\n " + SampleLog.SIGNER.verifier() + " \n");

    var report = SampleLog.verify(SampleLog.complete().pack(), Optional.of(keys), Optional.empty());

    assertThat(report.isVerified()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# only words", "a key", "remit/x+00000000+AA=="})
  void aFileWithoutAProperKeyIsRefused(String text) {
    assertThatThrownBy(() -> TrustFile.parse(text)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void oneBadLineSpoilsTheFile() {
    assertThatThrownBy(() -> TrustFile.parse(SampleLog.SIGNER.verifier() + "\nmore\n"))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aPackIsNoKeyFile() {
    var pack = new String(SampleLog.complete().pack(), java.nio.charset.StandardCharsets.UTF_8);

    assertThatThrownBy(() -> TrustFile.parse(pack)).isInstanceOf(InvalidValueException.class);
  }
}
