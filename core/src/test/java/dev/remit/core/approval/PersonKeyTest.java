package dev.remit.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PersonKeyTest {
  private static PersonKey of(String credential) {
    return new PersonKey(
        "id",
        new PersonId("staff", "sam"),
        new Organisation.Msp(),
        credential,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        false,
        "a key");
  }

  private static String encoded(byte... bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void theModelIsWhatTheCredentialBeginsWith() {
    byte[] data = new byte[40];
    for (int i = 0; i < 16; i++) {
      data[i] = (byte) (i + 1);
    }
    assertThat(of(encoded(data)).aaguid()).contains("01020304-0506-0708-090a-0b0c0d0e0f10");
  }

  @Test
  void whatNamesNoModelHasNone() {
    assertThat(of(encoded(new byte[40])).aaguid()).isEmpty();
    assertThat(of(encoded(new byte[15])).aaguid()).isEmpty();
    assertThat(of("no base64 !").aaguid()).isEmpty();
    assertThat(of("").aaguid()).isEmpty();
  }
}
