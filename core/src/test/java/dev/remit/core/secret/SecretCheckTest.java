package dev.remit.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCheckTest {
  private static final String SECRET = "p4ss/w0rd+of=one;lease";

  private final LiveSecrets live = new LiveSecrets(new byte[32]);
  private final SecretCheck check = new SecretCheck(live);

  /** Put together here, so that no scanner of sources takes them for real ones. */
  private static String sample(String text) {
    return text.replace("~~", "").replace("A20", "A".repeat(20)).replace("b36", "b".repeat(36));
  }

  @Test
  void aLiveSecretIsFoundWhileItLivesAndNoLonger() {
    assertThat(check.clean("x" + SECRET)).isEqualTo("x" + SECRET);
    live.hold("lease", List.of(SECRET));
    assertThat(check.clean("x" + SECRET + "y")).isEqualTo("x[removed]y");
    assertThat(check.clean(SECRET)).isEqualTo("[removed]");
    live.release("lease");
    assertThat(check.clean(SECRET)).isEqualTo(SECRET);
    assertThat(live.size()).isZero();
  }

  @Test
  void whatTwoHoldIsFoundUntilTheLastLetsGo() {
    live.hold("one", List.of(SECRET));
    live.hold("two", List.of(SECRET));
    live.release("one");
    assertThat(check.clean(SECRET)).isEqualTo("[removed]");
    live.release("two");
    assertThat(check.clean(SECRET)).isEqualTo(SECRET);
  }

  @Test
  void whoHoldsAnotherNoLongerHoldsTheFirst() {
    live.hold("one", List.of(SECRET));
    live.hold("one", List.of("another-long-secret"));
    assertThat(check.clean(SECRET + " another-long-secret")).isEqualTo(SECRET + " [removed]");
    live.hold("one", List.of());
    assertThat(live.size()).isZero();
  }

  @Test
  void nothingButTheWholeSecretIsFound() {
    live.hold("lease", List.of(SECRET));
    var almost = "q" + SECRET.substring(1);
    assertThat(check.clean(almost)).isEqualTo(almost);
    assertThat(check.clean(SECRET.substring(1))).isEqualTo(SECRET.substring(1));
    assertThat(check.clean(SECRET.toUpperCase(java.util.Locale.ROOT))).doesNotContain("[removed]");
  }

  @Test
  void ofSecretsThatEndAlikeTheLongestIsFound() {
    live.hold("one", List.of("long-" + SECRET, SECRET));
    assertThat(check.clean("a long-" + SECRET + " b " + SECRET))
        .isEqualTo("a [removed] b [removed]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "client:", "some-client-id:"})
  void itIsFoundInsideBase64WhereverItBegins(String before) {
    live.hold("lease", List.of(SECRET));
    for (var after : List.of("", "a", "ab", "abc")) {
      byte[] bytes = (before + SECRET + after).getBytes(StandardCharsets.UTF_8);
      assertThat(check.clean("Basic " + Base64.getEncoder().encodeToString(bytes)))
          .contains("[removed]");
      assertThat(check.clean(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
          .contains("[removed]");
    }
  }

  @Test
  void itIsFoundInAForm() {
    for (var secret : List.of(SECRET, "päss~w*rd-of_an.other")) {
      live.hold("lease", List.of(secret));
      var encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
      assertThat(check.clean("token=" + encoded + "&hint=x")).isEqualTo("token=[removed]&hint=x");
    }
  }

  @Test
  void textsOutsideOfLatinAreReadLikeOthers() {
    live.hold("lease", List.of("пароль-для-аренды"));
    assertThat(check.clean("это пароль-для-аренды!")).isEqualTo("это [removed]!");
    assertThat(check.clean("\ud83d\ude00".repeat(30))).isEqualTo("\ud83d\ude00".repeat(30));
  }

  @Test
  void whatIsTooShortToBeAloneIsNotWatchedFor() {
    live.hold("lease", List.of("short"));
    assertThat(live.size()).isZero();
    assertThat(check.clean("in short words")).isEqualTo("in short words");
  }

  @Test
  void anAnswerLosesItInTextsListsAndNames() {
    live.hold("lease", List.of(SECRET));
    var answer =
        Value.object(
            "content",
            List.of(Value.object("type", "text", "text", "it is " + SECRET)),
            SECRET,
            1,
            "rest",
            2);
    var left = check.clean(answer);
    assertThat(left.removed()).isEqualTo(2);
    assertThat(CanonicalJson.text(left.value()))
        .isEqualTo(
            "{\"[removed]\":1,\"content\":[{\"text\":\"it is [removed]\",\"type\":\"text\"}],\"rest\":2}");
    assertThat(check.clean(left.value()).value()).isSameAs(left.value());
  }

  @Test
  void anArgumentIsNamedAndItsTextIsNot() {
    live.hold("lease", List.of(SECRET));
    var found = check.in(Value.object("a", 1, "note", List.of("x", SECRET)));
    assertThat(found).contains(Value.object("secret", "live-credential", "argument", "note"));
    assertThat(check.in(Value.object(SECRET, 1))).contains(Value.object("secret", "in a name"));
    assertThat(check.in(Value.object("a", Value.object(SECRET, 1)))).isPresent();
    assertThat(check.in(Value.object("a", 1, "note", "fine"))).isEmpty();
  }

  @Test
  void aPrivateKeyIsRemovedWhole() {
    var key =
        sample("-----BEGIN RSA ~~PRIVATE KEY-----\nMIIE\nabcd\n-----END RSA ~~PRIVATE KEY-----");
    assertThat(check.clean("see " + key + " and " + key + " end"))
        .isEqualTo("see [removed] and [removed] end");
    var cut = sample("-----BEGIN ~~PRIVATE KEY-----\nMIIE and more");
    assertThat(check.clean("see " + cut)).isEqualTo("see [removed]");
    var other = "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----";
    assertThat(check.clean(other)).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PuTTY-User-~~Key-File-3: ssh-ed25519",
        "AGE-SECRET-~~KEY-1A20",
        "AKIA~~IOSFODNN7EXAMPLE",
        "Key=A20A20A20==",
        "aB.8Q~~~A20bbbbbbbbbbbbb",
        "AIza~~A20bbbbbbbbbbbbbbb",
        "gh~~p_b36",
        "github_~~pat_A20A20",
        "gl~~pat-A20",
        "xo~~xb-1234567890-abcdef",
        "sk_~~live_A20",
        "hvs~~.A20bbbbb",
        "npm~~_b36",
        "sk-~~ant-A20bbbbb",
        "ey~~JhbGciOiJIUzI1NiJ9.ey~~JzdWIiOiIxMjM0In0.A20"
      })
  void whatHasTheFormOfAKeyIsRemovedWhole(String written) {
    var secret = sample(written);
    var before = secret.startsWith("Key=") ? "Account" : "is ";
    assertThat(check.clean(before + secret)).isEqualTo(before + "[removed]");
    assertThat(check.in(Value.object("note", before + secret)))
        .hasValueSatisfying(found -> assertThat(CanonicalJson.text(found)).doesNotContain(secret));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restart the AKIA service and the ghp_ one",
        "----------------------------------------",
        "eyJ and .eyJ. and eyJhbGciOi.eyJ.x",
        "sk-a-very-long-name-of-a-thing-with-parts",
        "https://github.com/some/where_patience",
        "3f9d2c0e5a7b4d1f8e6c9b0a3f9d2c0e5a7b4d1f8e6c9b0a3f9d2c0e5a7b4d1f",
        "remit_0a1b2c3d_0123456789abcdef01234567",
        "disaster-recovery-plan of 2026-01-01T00:00:00Z at 10.20.30.40"
      })
  void whatOnlyLooksAlikeStays(String text) {
    assertThat(check.clean(text)).isEqualTo(text);
  }

  @Test
  void randomTextsStayAndHeldOnesGoWhereverTheyStand() {
    var random = new Random(20_261_126);
    var held = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      held.add(word(random, 16 + random.nextInt(60)));
      live.hold("lease-" + i, List.of(held.get(i)));
    }
    for (int i = 0; i < 500; i++) {
      var before = word(random, random.nextInt(40));
      var after = word(random, random.nextInt(40));
      var secret = held.get(random.nextInt(held.size()));
      assertThat(check.clean(before + after)).isEqualTo(before + after);
      assertThat(check.clean(before + secret + after)).isEqualTo(before + "[removed]" + after);
    }
  }

  private static String word(Random random, int length) {
    var letters = "abcdefghijklmnopqrstuvwxyz0123456789/+";
    var word = new StringBuilder();
    random.ints(length, 0, letters.length()).forEach(i -> word.append(letters.charAt(i)));
    return word.toString();
  }

  /** A target may answer whatever it likes: no text costs more than its length. */
  @Timeout(60)
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".eyJ",
        "eyJabc.",
        "-----BEGIN PRIVATE KEY",
        "-----BEG",
        "PuTTY-",
        "ghp_",
        "_pat",
        "8Q~a",
        "Key="
      })
  void aHostileTextIsReadInTimeThatGrowsWithItsLength(String piece) {
    var text = piece.repeat(1 << 20 >> 2);
    assertThat(check.clean(text).length()).isPositive();
  }

  @Test
  void itsWordsHoldNoSecret() {
    live.hold("lease", List.of(SECRET));
    assertThat(live.toString()).isEqualTo("LiveSecrets[1]");
  }
}
