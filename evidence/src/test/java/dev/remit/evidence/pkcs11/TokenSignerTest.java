package dev.remit.evidence.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.evidence.pkcs11.Cryptoki.Function;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.KeyName;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSignerTest {

  private static final KeyName NAME = new KeyName("remit/0123456789abcdef");
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final byte[] TEXT = "a note\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // made before each test
  private SoftToken token;

  @BeforeEach
  void make() throws IOException {
    token = SoftToken.in(folder.resolve("softhsm"));
    token.use();
  }

  private static Supplier<byte[]> pin(String pin) {
    return () -> pin.getBytes(StandardCharsets.UTF_8);
  }

  private Ed25519Verifier create(String label) {
    return Ed25519Verifier.of(NAME, TokenSigner.create(token.key(label), pin(SoftToken.PIN)));
  }

  private TokenSigner signer(String label, Ed25519Verifier verifier) {
    return TokenSigner.of(token.key(label), pin(SoftToken.PIN), verifier, DEADLINE);
  }

  @Test
  void aKeyOnATokenSigns() {
    var verifier = create("log");
    try (var signer = signer("log", verifier)) {
      byte[] signature = signer.sign(TEXT);
      assertThat(verifier.verifies(TEXT, signature)).isTrue();
      assertThat(verifier.verifies("another\n".getBytes(StandardCharsets.UTF_8), signature))
          .isFalse();
      assertThat(signer.sign(TEXT)).isEqualTo(signature);
      assertThat(signer.id()).isEqualTo(verifier.id());
    }
  }

  @Test
  void aKeyThatIsThereIsTakenAndNotMadeAgain() {
    var verifier = create("log");
    assertThat(create("log")).isEqualTo(verifier);
    assertThat(create("other")).isNotEqualTo(verifier);
  }

  @Test
  void aLostSessionIsOpenedAnew() {
    var verifier = create("log");
    var module = Cryptoki.load(token.key("log").module());
    try (var signer = signer("log", verifier)) {
      signer.sign(TEXT);
      module.call(Function.C_Finalize, MemorySegment.NULL);
      assertThat(verifier.verifies(TEXT, signer.sign(TEXT))).isTrue();
    }
  }

  @Test
  void aTokenThatWasAwaySignsOnceItIsBack() throws IOException {
    var verifier = create("log");
    try (var signer = signer("log", verifier)) {
      var tokens = folder.resolve("softhsm/tokens");
      Files.move(tokens, folder.resolve("away"));
      Files.createDirectory(tokens);
      assertThatThrownBy(() -> signer.sign(TEXT)).hasMessageContaining("no token is called `logs`");
      Files.delete(tokens);
      Files.move(folder.resolve("away"), tokens);
      assertThat(verifier.verifies(TEXT, signer.sign(TEXT))).isTrue();
    }
  }

  @Test
  void aKeyThatIsNotTheExpectedOneSignsNothing() {
    var verifier = create("log");
    create("other");
    try (var signer = signer("other", verifier)) {
      assertThatThrownBy(() -> signer.sign(TEXT)).hasMessageContaining("not the one");
    }
    try (var signer = signer("none", verifier)) {
      assertThatThrownBy(() -> signer.sign(TEXT)).hasMessageContaining("no ed25519 key");
    }
  }

  @Test
  void twoKeysOrTwoTokensOfALabelAreNotChosenFrom() {
    var verifier = create("log");
    var module = Cryptoki.load(token.key("log").module());
    try (var session =
        Session.forWriting(
            module, SoftToken.TOKEN, SoftToken.PIN.getBytes(StandardCharsets.UTF_8))) {
      session.generate("log");
    }
    try (var signer = signer("log", verifier)) {
      assertThatThrownBy(() -> signer.sign(TEXT)).hasMessageContaining("more than one key");
    }
    assertThatThrownBy(() -> create("log")).hasMessageContaining("more than one key");
    token.add(SoftToken.TOKEN);
    try (var signer = signer("log", verifier)) {
      assertThatThrownBy(() -> signer.sign(TEXT)).hasMessageContaining("more than one token");
    }
  }

  @Test
  void aRefusedPinIsTriedOnceAndNeverAgain() {
    var verifier = create("log");
    var asked = new AtomicInteger();
    Supplier<byte[]> wrong =
        () -> {
          asked.incrementAndGet();
          return "1234-wrong".getBytes(StandardCharsets.UTF_8);
        };
    try (var signer = TokenSigner.of(token.key("log"), wrong, verifier, DEADLINE)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> signer.sign(TEXT))
            .hasMessageContaining("refused the PIN")
            .hasMessageNotContaining("1234-wrong");
      }
    }
    assertThat(asked).hasValue(1);
    // Nor does another process that is started in its place spend the next try.
    try (var next = TokenSigner.of(token.key("log"), wrong, verifier, DEADLINE)) {
      assertThatThrownBy(() -> next.sign(TEXT)).hasMessageContaining("a wrong PIN was entered");
    }
  }

  @Test
  void aKeyThatWasMadeDoesNotLeaveTheToken() {
    create("log");
    var module = Cryptoki.load(token.key("log").module());
    try (var session =
        Session.open(module, SoftToken.TOKEN, SoftToken.PIN.getBytes(StandardCharsets.UTF_8))) {
      long key = session.privateKey("log").orElseThrow();
      assertThatThrownBy(() -> session.value(key, Attributes.VALUE))
          .as("CKR_ATTRIBUTE_SENSITIVE")
          .hasMessageContaining("0x11");
    }
  }

  @Test
  void aTokenThatIsLateEndsTheSigner() {
    var verifier = create("log");
    var never = new CountDownLatch(1);
    Supplier<byte[]> late =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          // What comes too late must not touch the module while other tests do.
          throw new CryptokiException("too late");
        };
    try (var signer = TokenSigner.of(token.key("log"), late, verifier, Duration.ofMillis(50))) {
      assertThatThrownBy(() -> signer.sign(TEXT))
          .isInstanceOf(java.io.UncheckedIOException.class)
          .hasMessageContaining("in time");
    } finally {
      never.countDown();
    }
  }

  @Test
  void whatIsNoModuleIsRefused() {
    assertThatThrownBy(() -> Cryptoki.load(folder.resolve("nowhere.so")))
        .hasMessageContaining("no PKCS#11 module");
  }
}
