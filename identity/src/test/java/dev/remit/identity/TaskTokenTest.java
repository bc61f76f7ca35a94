package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.identity.TaskGrant;
import dev.remit.core.identity.TaskToken;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.identity.TokenAuthority.Proven;
import dev.remit.core.identity.TokenAuthority.Statement;
import dev.remit.core.identity.TokenAuthority.Unproven;
import dev.remit.core.identity.TokenKeys;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import dev.remit.identity.binding.SenderBinding;
import dev.remit.identity.secret.KeySeal;
import dev.remit.identity.secret.SecretUnreadableException;
import dev.remit.identity.token.TaskTokenAuthenticator;
import dev.remit.identity.token.TaskTokenAuthority;
import dev.remit.identity.token.TaskTokenKeys;
import dev.remit.identity.token.TaskTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Task tokens: given to the holder of a key, believed from nobody else, dead in time. */
class TaskTokenTest {

  private static final TestKey EC = TestKey.ec("ec-1");
  private static final String HERE = "https://remit.example/mcp";
  private static final String ENDPOINT = "https://remit.example/oauth2/token";
  private static final DpopKey KEY = DpopKey.generate(new SplittableRandom(1));
  private static final DpopKey OTHER = DpopKey.generate(new SplittableRandom(2));

  private final AuthenticatorFixture fixture = new AuthenticatorFixture(EC);
  private final Stored stored = new Stored();
  private final TaskTokenKeys keys = keys(new byte[32]);
  private final TaskTokens tokens = new TaskTokens(keys, "urn:remit:a", new SplittableRandom(3));
  private final ClientAssertions assertions =
      new ClientAssertions(new WorkloadIndex(() -> fixture.release.get()));
  private final TaskTokenAuthenticator authenticator =
      new TaskTokenAuthenticator(
          tokens, new SenderBinding(fixture.proofs), () -> fixture.release.get(), fixture.oidc());
  private final TokenAuthority authority =
      new TaskTokenAuthority(
          tokens, fixture.proofs, List.of(fixture.oidc()), fixture.oidc(), assertions);

  TaskTokenTest() {
    keys.refresh();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  /** As the database keeps them. */
  private static final class Stored implements TokenKeys {
    private final List<TokenKeys.Stored> all = new ArrayList<>();

    @Override
    public List<TokenKeys.Stored> all() {
      return all.stream().sorted(Comparator.comparing(TokenKeys.Stored::signsFrom)).toList();
    }

    @Override
    public void add(TokenKeys.Stored key, Instant after) {
      if (all.stream().noneMatch(one -> one.signsUntil().isAfter(after))) {
        all.add(key);
      }
    }

    @Override
    public void sweep(Instant deadBefore) {
      all.removeIf(key -> key.verifiesUntil().isBefore(deadBefore));
    }
  }

  private TaskTokenKeys keys(byte[] secret) {
    return new TaskTokenKeys(stored, new KeySeal(secret), fixture.clock, new SplittableRandom(4));
  }

  private Instant now() {
    return fixture.clock.instant();
  }

  private TaskGrant grant(Duration task) {
    return new TaskGrant(
        "person-7",
        List.of(TestReleases.DESK.text(), "triage/harbor-dental/production/observe"),
        Value.object("type", "msp_task", "task", "t-1"),
        "t-1",
        TestReleases.DESK,
        new TaskGrant.ByKey(KEY.thumbprint()),
        now().plus(task));
  }

  private String token() {
    return authority.issue(grant(Duration.ofHours(1)), now()).token();
  }

  private Authentication shown(String token, DpopKey key) {
    var nonce = fixture.proofs.nonce(now());
    var proof = key.proof("POST", HERE, Optional.of(token), Optional.of(nonce), now());
    return authenticator.authenticate(
        new Presented(
            Optional.of(new Credential(Scheme.DPOP, token)),
            Optional.of(proof),
            "POST",
            HERE,
            List.of()),
        now());
  }

  private TokenAuthority.Proof asked(Optional<DpopKey> key, String subject) {
    var nonce = Optional.of(fixture.proofs.nonce(now()));
    return authority.prove(
        new Presented(
            Optional.empty(),
            key.map(one -> one.proof("POST", ENDPOINT, Optional.empty(), nonce, now())),
            "POST",
            ENDPOINT,
            List.of()),
        Optional.of(new Statement(Statement.Kind.TOKEN, subject)),
        now());
  }

  @Test
  void itSpeaksForItsTaskInTheHandsOfItsKey() {
    var told = (Authenticated) shown(token(), KEY);
    var agent = (Caller.Agent) told.caller();
    assertThat(agent.id()).isEqualTo(TestReleases.DESK);
    assertThat(agent.instance().value()).isEqualTo("jkt:" + KEY.thumbprint());
    assertThat(agent.isBound()).isTrue();
    assertThat(agent.token().map(TaskToken::task)).contains("t-1");
    assertThat(agent.speaksFor("t-1")).isTrue();
    assertThat(agent.speaksFor("t-2")).isFalse();
  }

  @Test
  void itIsNothingInOtherHands() {
    var token = token();
    assertThat(shown(token, OTHER)).isInstanceOf(Refused.class);
    assertThat(authenticator.authenticate(Presented.bearer(token, "POST", HERE), now()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void itLivesNoLongerThanItsTaskAndAQuarterOfAnHour() {
    assertThat(authority.issue(grant(Duration.ofHours(1)), now()).expiresAt())
        .isEqualTo(now().plus(Duration.ofMinutes(15)));
    assertThat(authority.issue(grant(Duration.ofMinutes(4)), now()).expiresAt())
        .isEqualTo(now().plus(Duration.ofMinutes(4)));
    var token = token();
    fixture.clock.passes(Duration.ofMinutes(15));
    assertThat(shown(token, KEY)).isInstanceOf(Refused.class);
    assertThat(authority.read(token, now())).isEmpty();
  }

  @Test
  void itNamesWhoAskedAndEverybodyWhoActs() {
    var claims = authority.read(token(), now()).orElseThrow().claims();
    assertThat(claims.text("sub")).contains("person-7");
    var act = claims.object("act").orElseThrow();
    assertThat(act.text("sub")).contains(TestReleases.DESK.text());
    assertThat(act.object("act").flatMap(inner -> inner.text("sub")))
        .contains("triage/harbor-dental/production/observe");
    assertThat(claims.text("aud")).contains("urn:remit:a");
    assertThat(claims.object("cnf").flatMap(cnf -> cnf.text("jkt"))).contains(KEY.thumbprint());
  }

  @Test
  void anotherSpellingOfItsHeaderIsNotOurs() {
    var parts = token().split("\\.", -1);
    for (var header :
        List.of(
            "{\"alg\":\"none\",\"kid\":\"x\",\"typ\":\"remit-task+jwt\"}",
            "{\"alg\":\"HS256\",\"typ\":\"remit-task+jwt\"}",
            "{\"alg\":\"ES256\",\"jku\":\"https://evil.example\",\"typ\":\"remit-task+jwt\"}")) {
      var forged = TestToken.base64(header) + "." + parts[1] + "." + parts[2];
      assertThat(authority.read(forged, now())).isEmpty();
      assertThat(shown(forged, KEY)).isInstanceOf(Refused.class);
    }
  }

  @Test
  void eachChangedLetterIsRefused() {
    var token = token();
    for (int i = token.indexOf('.') + 1; i < token.length(); i += 7) {
      var changed =
          token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
      assertThat(authority.read(changed, now())).as("at " + i).isEmpty();
    }
  }

  @Test
  void aTokenOfAnotherInstallationIsNotOurs() {
    var elsewhere = new TaskTokens(keys, "urn:remit:b", new SplittableRandom(3));
    var other =
        new TaskTokenAuthority(
            elsewhere, fixture.proofs, List.of(fixture.oidc()), fixture.oidc(), assertions);
    var token = other.issue(grant(Duration.ofHours(1)), now()).token();
    assertThat(shown(token, KEY)).isInstanceOf(Refused.class);
  }

  @Test
  void anAgentThatIsNotRegisteredAnyMoreIsRefused() {
    var token = token();
    fixture.release =
        () -> TestReleases.of(List.of(TestReleases.agent(TestReleases.AUDIT, "someone")));
    assertThat(shown(token, KEY)).isInstanceOf(Refused.class);
  }

  @Test
  void anUnboundSubjectIsExchangedForATokenOfTheProofsKey() {
    var proof = (Proven) asked(Optional.of(KEY), TestToken.by(EC).text());
    assertThat(proof.binding()).isEqualTo(new TaskGrant.ByKey(KEY.thumbprint()));
    assertThat(proof.caller().instance().value()).isEqualTo("jkt:" + KEY.thumbprint());
    assertThat(proof.caller().isBound()).isTrue();
  }

  @Test
  void nothingIsGivenWithoutAKey() {
    assertThat(asked(Optional.empty(), TestToken.by(EC).text())).isInstanceOf(Unproven.class);
  }

  @Test
  void aStolenSubjectThatIsBoundIsNotExchangedByAnotherKey() {
    var bound = TestToken.by(EC).claim("cnf", Value.object("jkt", KEY.thumbprint())).text();
    assertThat(asked(Optional.of(OTHER), bound)).isInstanceOf(Unproven.class);
    assertThat(asked(Optional.empty(), bound)).isInstanceOf(Unproven.class);
    assertThat(asked(Optional.of(KEY), bound)).isInstanceOf(Proven.class);
  }

  @Test
  void aTaskTokenIsExchangedForNothing() {
    assertThat(asked(Optional.of(KEY), token())).isInstanceOf(Unproven.class);
  }

  @Test
  void aSubjectThatProvesNobodyGetsNothing() {
    for (var subject :
        List.of(
            "x",
            TestToken.by(EC).claim("aud", "other").text(),
            TestToken.by(EC).at("exp", -100).at("iat", -700).text(),
            TestToken.by(TestKey.ec("ec-1")).text())) {
      assertThat(asked(Optional.of(KEY), subject)).isInstanceOf(Unproven.class);
    }
  }

  @Test
  void aKeyIsKnownBeforeItSignsAndVerifiesUntilItsLastTokenIsDead() {
    assertThat(stored.all()).hasSize(1);
    fixture.clock.passes(Duration.ofDays(6).plusMinutes(1));
    keys.refresh();
    assertThat(stored.all()).hasSize(2);
    fixture.clock.passes(Duration.ofDays(1).minusMinutes(2));
    var last = token();
    fixture.clock.passes(Duration.ofMinutes(2));
    var next = token();
    assertThat(header(next)).isNotEqualTo(header(last));
    assertThat(authority.read(last, now())).isPresent();
    fixture.clock.passes(Duration.ofMinutes(30));
    keys.refresh();
    assertThat(authority.publicKeys().items("keys")).hasSize(2);
    assertThat(authority.read(last, now())).isEmpty();
  }

  @Test
  void twoReplicasHaveTheSameKeys() {
    var second = keys(new byte[32]);
    second.refresh();
    assertThat(stored.all()).hasSize(1);
    var elsewhere = new TaskTokens(second, "urn:remit:a", new SplittableRandom(9));
    var other =
        new TaskTokenAuthority(
            elsewhere, fixture.proofs, List.of(fixture.oidc()), fixture.oidc(), assertions);
    assertThat(authority.read(other.issue(grant(Duration.ofHours(1)), now()).token(), now()))
        .isPresent();
  }

  @Test
  void aReplicaWithAnotherSecretDoesNotStart() {
    byte[] another = new byte[32];
    another[0] = 1;
    assertThatThrownBy(() -> keys(another).refresh())
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("keys/rows.key");
  }

  @Test
  void noSecretIsStoredOpenly() {
    var sealed =
        new String(
            Base64.getDecoder().decode(stored.all().getFirst().sealed()),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(sealed).doesNotContain("\"d\"").doesNotContain("kty");
    assertThat(stored.all().getFirst().toString()).doesNotContain(stored.all().getFirst().sealed());
  }

  @Test
  void thePublishedKeysHaveNoPrivateHalf() {
    assertThat(authority.publicKeys().items("keys"))
        .allSatisfy(key -> assertThat(((Value.Obj) key).members()).doesNotContainKey("d"));
  }

  private static String header(String token) {
    return token.substring(0, token.indexOf('.'));
  }
}
