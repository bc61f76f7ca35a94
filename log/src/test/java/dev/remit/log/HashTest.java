package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
  private static final String BASE64 = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

  @Test
  void equalBytesAreEqualHashes() {
    Hash hash = Hash.fromBase64(BASE64);
    assertThat(Hash.of(hash.toBytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(Hash.fromHex(hash.toHex())).isEqualTo(hash);
    assertThat(hash.toBase64()).isEqualTo(BASE64);
  }

  @Test
  void oneDifferentBitIsAnotherHash() {
    Hash hash = Hash.fromBase64(BASE64);
    for (int bit = 0; bit < 256; bit++) {
      byte[] changed = hash.toBytes();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Hash.of(changed)).isNotEqualTo(hash);
    }
  }

  @Test
  void aHashCannotBeChangedThroughItsBytes() {
    byte[] given = new byte[32];
    Hash hash = Hash.of(given);
    Arrays.fill(given, (byte) 1);
    Arrays.fill(hash.toBytes(), (byte) 2);
    assertThat(hash).isEqualTo(Hash.of(new byte[32]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  void otherLengthsAreRefused(int length) {
    assertThatThrownBy(() -> Hash.of(new byte[length])).isInstanceOf(InvalidLogDataException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=",
        "CsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        " CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
      })
  void base64HasOneSpellingOnly(String text) {
    assertThatThrownBy(() -> Hash.fromBase64(text)).isInstanceOf(InvalidLogDataException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "zz", "0"})
  void otherHexIsRefused(String text) {
    assertThatThrownBy(() -> Hash.fromHex(text)).isInstanceOf(InvalidLogDataException.class);
  }
}
