package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.identity.binding.Confirmation;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignatureCacheTest {

  private static final VerifiedToken TOKEN =
      new VerifiedToken(
          TrustedIssuer.of("https://i.example", URI.create("https://i.example/jwks"), "a"),
          new VerificationKey("k", TestKey.ec("k").pair().getPublic(), Set.of()),
          new TokenClaims(
              "s",
              TestToken.NOW,
              TestToken.NOW,
              TestToken.NOW.plusSeconds(1),
              new Confirmation.None()),
          Value.Obj.EMPTY);

  @Test
  void theLongestUnusedLeavesFirst() {
    var cache = new SignatureCache(2);
    cache.put("a", TOKEN);
    cache.put("b", TOKEN);
    assertThat(cache.get("a")).isPresent();
    cache.put("c", TOKEN);
    assertThat(cache.get("b")).isEmpty();
    assertThat(cache.get("a")).hasValue(TOKEN);
    assertThat(cache.size()).isEqualTo(2);
  }

  @Test
  void whatIsRemovedIsGone() {
    var cache = new SignatureCache(2);
    cache.put("a", TOKEN);
    cache.remove("a");
    assertThat(cache.get("a")).isEmpty();
  }
}
