package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
  /** The order of the base point (RFC 8032 §5.1). */
  private static final BigInteger L =
      new BigInteger(
          "7237005577332262213973186563042994240857116359379907606001950938285454250989");

  @Test
  void aVerifierKeyKeepsItsText() {
    Ed25519Verifier key = Ed25519Verifier.parse(Notes.GO_KEY);
    assertThat(key).hasToString(Notes.GO_KEY);
    assertThat(key.id()).hasToString("c74f20a3");
    assertThat(key).isEqualTo(Notes.goSigner().verifier());
  }

  @Test
  void everyPartOfAVerifierKeyAloneIsRefused() {
    for (int from = 0; from <= Notes.GO_KEY.length(); from++) {
      for (int to = from; to <= Notes.GO_KEY.length(); to++) {
        String part = Notes.GO_KEY.substring(from, to);
        if (!part.equals(Notes.GO_KEY)) {
          assertThatThrownBy(() -> Ed25519Verifier.parse(part))
              .isInstanceOf(InvalidLogDataException.class);
        }
      }
    }
  }

  @Test
  void everyChangedCharacterOfAVerifierKeyIsRefused() {
    for (int at = 0; at < Notes.GO_KEY.length(); at++) {
      StringBuilder changed = new StringBuilder(Notes.GO_KEY);
      changed.setCharAt(at, (char) (changed.charAt(at) ^ 1));
      assertThatThrownBy(() -> Ed25519Verifier.parse(changed.toString()))
          .isInstanceOf(InvalidLogDataException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
      })
  void otherKeysAreRefused(String key) {
    assertThatThrownBy(() -> Ed25519Verifier.parse(key))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      })
  void keysUnderWhichASignatureFitsManyTextsAreRefused(String hex) {
    byte[] raw = HexFormat.of().parseHex(hex);
    KeyName name = new KeyName("weak.example");
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(raw, 0, typed, 1, 32);
    String key = name + "+" + KeyId.of(name, (byte) 1, raw) + "+" + StrictBase64.encode(typed);
    assertThatThrownBy(() -> Ed25519Verifier.parse(key))
        .isInstanceOf(InvalidLogDataException.class)
        .hasMessageContaining("no safe");
  }

  @Test
  void aSignatureHasNoSecondForm() {
    Ed25519Signer signer = Notes.signer("a.example", 1);
    byte[] text = Notes.utf8("text\n");
    byte[] signature = signer.sign(text);
    assertThat(signer.verifier().verifies(text, signature)).isTrue();
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[31 - i] = signature[32 + i];
    }
    byte[] shifted = new BigInteger(1, reversed).add(L).toByteArray();
    byte[] second = signature.clone();
    for (int i = 0; i < 32; i++) {
      second[32 + i] = i < shifted.length ? shifted[shifted.length - 1 - i] : 0;
    }
    assertThat(second).isNotEqualTo(signature);
    assertThat(signer.verifier().verifies(text, second)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 65, 128})
  void signaturesOfOtherLengthsAreWrong(int length) {
    Ed25519Verifier key = Notes.signer("a.example", 1).verifier();
    assertThat(key.verifies(Notes.utf8("text\n"), new byte[length])).isFalse();
  }

  @Test
  void aStoredKeyIsTheSameKey() {
    Ed25519Signer signer = Notes.signer("a.example", 1);
    Ed25519Verifier stored = Ed25519Verifier.parse(signer.verifier().toString());
    Ed25519Signer again = Ed25519Signer.fromPkcs8(stored, signer.toPkcs8());
    byte[] text = Notes.utf8("text\n");
    assertThat(again.sign(text)).isEqualTo(signer.sign(text));
  }

  @Test
  void keysThatDoNotBelongTogetherAreRefused() {
    Ed25519Verifier other = Notes.signer("a.example", 2).verifier();
    byte[] stored = Notes.signer("a.example", 1).toPkcs8();
    assertThatThrownBy(() -> Ed25519Signer.fromPkcs8(other, stored))
        .isInstanceOf(InvalidLogDataException.class);
    assertThatThrownBy(() -> Ed25519Signer.fromPkcs8(other, new byte[48]))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void keysOfAnotherKindAreRefused() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    assertThatThrownBy(() -> Ed25519Signer.of(new KeyName("a.example"), pair))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void aSignerNeverPrintsItsKey() {
    Ed25519Signer signer = Notes.goSigner();
    assertThat(signer).hasToString("PeterNeumann+c74f20a3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a+b", "a\nb", "a\u0000", "a\u2028b", "a\u3000b"})
  void keyNamesAreOneWord(String name) {
    assertThatThrownBy(() -> new KeyName(name)).isInstanceOf(InvalidLogDataException.class);
  }
}
