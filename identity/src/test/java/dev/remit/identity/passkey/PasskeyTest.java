package dev.remit.identity.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.AssertionCheck;
import dev.remit.core.approval.KeyRegistration;
import dev.remit.core.approval.KeyRegistration.Attested;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.KeyModels;
import dev.remit.identity.passkey.soft.SoftAuthenticator;
import dev.remit.identity.passkey.soft.SoftAuthenticator.Ceremony;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key signs, and what others would like to pass for it. */
class PasskeyTest {

  private static final String ORIGIN = "http://localhost:8471";
  private static final String RP = "localhost";
  private static final byte[] CHALLENGE = bytes("challenge-of-thirty-two-bytes-01");
  private static final byte[] OTHER = bytes("challenge-of-thirty-two-bytes-02");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String OWN = ",\"crossOrigin\":false";

  private final SoftAuthenticator key = new SoftAuthenticator(ORIGIN, RP, new SecureRandom());
  private final PasskeyRegistration registration =
      new PasskeyRegistration(() -> new RelyingParty(ORIGIN, RP));
  private final PasskeyAssertionCheck check =
      new PasskeyAssertionCheck(() -> new RelyingParty(ORIGIN, RP));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private PersonKey registered(SoftAuthenticator authenticator) {
    var valid =
        (KeyRegistration.Valid) registration.check(CHALLENGE, authenticator.register(CHALLENGE));
    return new PersonKey(
        valid.credentialId(),
        new PersonId("staff", "ann"),
        new Organisation.Msp(),
        valid.credential(),
        valid.counter(),
        NOW,
        NOW,
        false,
        "blue key");
  }

  @Test
  void aKeyIsRegisteredAndItsSignatureHolds() {
    var stored = registered(key);
    assertThat(stored.credentialId()).isEqualTo(key.credentialId());
    assertThat(stored.counter()).isEqualTo(1);
    assertThat(check.check(stored, OTHER, key.sign(OTHER))).isEqualTo(new AssertionCheck.Valid(2));
  }

  @Test
  void theModelIsKeptAndHeldAgainstWhatAnOrganisationTakes() {
    var model = UUID.fromString("cb69481e-8ff7-4039-93ec-0a2729a154a8");
    var taken = new KeyModels(Map.of(new Organisation.Msp(), Set.of(model.toString())));
    var nameless = registered(key);
    assertThat(nameless.aaguid()).isEmpty();
    assertThat(taken.objection(nameless).orElseThrow()).contains("names no model");
    var blue = registered(key.ofModel(model));
    assertThat(blue.aaguid()).contains(model.toString());
    assertThat(taken.objection(blue)).isEmpty();
    assertThat(KeyModels.ANY.objection(nameless)).isEmpty();
    var other = registered(key.ofModel(UUID.fromString("00000000-0000-0000-0000-000000000001")));
    assertThat(taken.objection(other).orElseThrow()).contains("of the model 00000000-");
  }

  @Test
  void anAnswerHoldsAgainWhenItIsUsedAndTheCounterHasMovedOn() {
    var stored = registered(key);
    var first = key.sign(CHALLENGE);
    var later =
        new PersonKey(
            stored.credentialId(),
            stored.person(),
            stored.organisation(),
            stored.credential(),
            99,
            NOW,
            NOW,
            false,
            "blue key");
    assertThat(check.check(later, CHALLENGE, first)).isEqualTo(new AssertionCheck.Valid(2));
  }

  static Stream<Arguments> wrongCeremonies() {
    return Stream.of(
        Arguments.of("another origin", get("https://evil.example", RP, true, true, OWN)),
        Arguments.of("another port", get("http://localhost:8472", RP, true, true, OWN)),
        Arguments.of("another scheme", get("https://localhost:8471", RP, true, true, OWN)),
        Arguments.of("an address for the name", get("http://127.0.0.1:8471", RP, true, true, OWN)),
        Arguments.of("another relying party", get(ORIGIN, "evil.example", true, true, OWN)),
        Arguments.of("a parent's relying party", get(ORIGIN, "host", true, true, OWN)),
        Arguments.of("user not verified", get(ORIGIN, RP, true, false, OWN)),
        Arguments.of("user not present", get(ORIGIN, RP, false, true, OWN)),
        Arguments.of("another ceremony", type("webauthn.create")),
        Arguments.of("payment", type("payment.get")),
        Arguments.of("no ceremony", type("")),
        Arguments.of("in a frame", get(ORIGIN, RP, true, true, ",\"crossOrigin\":true")),
        Arguments.of(
            "in a frame, in words", get(ORIGIN, RP, true, true, ",\"crossOrigin\":\"true\"")),
        Arguments.of(
            "in a named frame",
            get(ORIGIN, RP, true, true, ",\"topOrigin\":\"https://evil.example\"")),
        Arguments.of(
            "the origin twice", get(ORIGIN, RP, true, true, ",\"origin\":\"" + ORIGIN + "\"")),
        Arguments.of("the type twice", get(ORIGIN, RP, true, true, ",\"type\":\"webauthn.get\"")),
        Arguments.of("broken JSON", get(ORIGIN, RP, true, true, ",")),
        Arguments.of(
            "huge client data",
            get(ORIGIN, RP, true, true, ",\"x\":\"" + "a".repeat(100_000) + "\"")));
  }

  private static Ceremony get(
      String origin, String rpId, boolean isPresent, boolean isVerified, String more) {
    return new Ceremony("webauthn.get", origin, rpId, isPresent, isVerified, more);
  }

  private static Ceremony type(String type) {
    return new Ceremony(type, ORIGIN, RP, true, true, OWN);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongCeremonies")
  void aSignatureOfAnotherCeremonyIsNone(String name, Ceremony ceremony) {
    var result = check.check(registered(key), CHALLENGE, key.sign(CHALLENGE, ceremony));
    assertThat(result).as(name).isInstanceOf(AssertionCheck.Invalid.class);
    assertThat(((AssertionCheck.Invalid) result).why())
        .isNotBlank()
        .doesNotContain("Exception", "webauthn4j", "java");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongCeremonies")
  void aKeyOfAnotherCeremonyIsNotRegistered(String name, Ceremony ceremony) {
    var turned =
        new Ceremony(
            ceremony.type().equals("webauthn.get") ? "webauthn.create" : ceremony.type() + ".x",
            ceremony.origin(),
            ceremony.rpId(),
            ceremony.isPresent(),
            ceremony.isVerified(),
            ceremony.more());
    assertThat(registration.check(CHALLENGE, key.register(CHALLENGE, turned)))
        .as(name)
        .isInstanceOf(KeyRegistration.Invalid.class);
  }

  @Test
  void aSignatureServesForNoOtherChallenge() {
    var stored = registered(key);
    var signed = key.sign(CHALLENGE);
    for (byte[] challenge :
        List.of(OTHER, new byte[0], Arrays.copyOf(CHALLENGE, 31), Arrays.copyOf(CHALLENGE, 33))) {
      assertThat(check.check(stored, challenge, signed)).isInstanceOf(AssertionCheck.Invalid.class);
    }
    assertThat(registration.check(OTHER, key.register(CHALLENGE)))
        .isInstanceOf(KeyRegistration.Invalid.class);
  }

  @Test
  void anotherKeySignsForNobodyElse() {
    var other = new SoftAuthenticator(ORIGIN, RP, new SecureRandom());
    var mine = registered(key);
    var theirs = registered(other);
    var signed = other.sign(CHALLENGE);
    assertThat(check.check(mine, CHALLENGE, signed)).isInstanceOf(AssertionCheck.Invalid.class);
    var renamed =
        new Assertion(
            mine.credentialId(),
            signed.clientDataJson(),
            signed.authenticatorData(),
            signed.signature());
    assertThat(check.check(mine, CHALLENGE, renamed)).isInstanceOf(AssertionCheck.Invalid.class);
    var swapped =
        new PersonKey(
            mine.credentialId(),
            mine.person(),
            mine.organisation(),
            theirs.credential(),
            0,
            NOW,
            NOW,
            false,
            "swapped in the database");
    assertThat(check.check(swapped, CHALLENGE, renamed)).isInstanceOf(AssertionCheck.Invalid.class);
  }

  @Test
  void whatIsCutMixedOrMadeUpIsNoSignature() {
    var stored = registered(key);
    var good = key.sign(CHALLENGE);
    var other = key.sign(OTHER);
    var bad = new ArrayList<Assertion>();
    for (String part : List.of("", "A", "====", "\u00e4", "A".repeat(200_000), "AAAA AAAA")) {
      bad.add(
          new Assertion(part, good.clientDataJson(), good.authenticatorData(), good.signature()));
      bad.add(new Assertion(good.credentialId(), part, good.authenticatorData(), good.signature()));
      bad.add(new Assertion(good.credentialId(), good.clientDataJson(), part, good.signature()));
      bad.add(
          new Assertion(
              good.credentialId(), good.clientDataJson(), good.authenticatorData(), part));
    }
    bad.add(with(good, good.authenticatorData(), other.signature()));
    bad.add(with(good, other.authenticatorData(), good.signature()));
    bad.add(with(good, cut(good.authenticatorData()), good.signature()));
    bad.add(with(good, good.authenticatorData() + "AAAA", good.signature()));
    bad.add(with(good, good.authenticatorData(), cut(good.signature())));
    bad.add(with(good, good.authenticatorData(), good.signature() + "AAAA"));
    for (var assertion : bad) {
      assertThat(check.check(stored, CHALLENGE, assertion))
          .isInstanceOf(AssertionCheck.Invalid.class);
    }
  }

  @Test
  void noChangedBitHolds() {
    var stored = registered(key);
    var good = key.sign(CHALLENGE);
    byte[] data = Base64.getUrlDecoder().decode(good.authenticatorData());
    for (int i = 0; i < data.length * 8; i++) {
      byte[] changed = data.clone();
      changed[i / 8] ^= (byte) (1 << i % 8);
      var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(check.check(stored, CHALLENGE, with(good, encoded, good.signature())))
          .as("bit " + i)
          .isInstanceOf(AssertionCheck.Invalid.class);
    }
  }

  @Test
  void noNoiseBreaksTheRegistration() {
    var random = new SplittableRandom(5);
    var good = key.register(CHALLENGE);
    byte[] object = Base64.getUrlDecoder().decode(good.attestationObject());
    for (int i = 0; i < 2_000; i++) {
      byte[] noisy = Arrays.copyOf(object, random.nextInt(1, object.length + 1));
      noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
      var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(noisy);
      var result = registration.check(CHALLENGE, new Attested(good.clientDataJson(), encoded));
      assertThat(result).isNotNull();
    }
  }

  @Test
  void aStoredKeyThatIsBrokenAnswersNothing() {
    var stored = registered(key);
    for (String credential : List.of("", "AAAA", "A".repeat(10_000), stored.credential() + "A")) {
      var broken =
          new PersonKey(
              stored.credentialId(),
              stored.person(),
              stored.organisation(),
              credential,
              0,
              NOW,
              NOW,
              false,
              "broken");
      assertThat(check.check(broken, CHALLENGE, key.sign(CHALLENGE)))
          .isInstanceOf(AssertionCheck.Invalid.class);
    }
  }

  @Test
  void whileTheSiteIsNotKnownNothingHolds() {
    PasskeyAssertionCheck early =
        new PasskeyAssertionCheck(() -> {
          throw new IllegalStateException("not open");
        });
    assertThat(early.check(registered(key), CHALLENGE, key.sign(CHALLENGE)))
        .isInstanceOf(AssertionCheck.Invalid.class);
  }

  private static Assertion with(Assertion good, String data, String signature) {
    return new Assertion(good.credentialId(), good.clientDataJson(), data, signature);
  }

  private static String cut(String part) {
    byte[] bytes = Base64.getUrlDecoder().decode(part);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(bytes, bytes.length - 1));
  }
}
