package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.decision.Question;
import dev.remit.core.release.OversightTerms;
import dev.remit.core.release.People;
import dev.remit.core.release.PolicyPeers;
import dev.remit.core.release.PolicyPeers.SecondPoint;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.release.Surroundings;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.policy.opa.OpaDecisionPoint;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A version gets the second decision point that it names, or is not in force. */
class SecondPointsTest {

  private static final SecondPoint NAMED =
      new SecondPoint("opa", "remit/decision", Duration.ofMillis(200));

  private static final DecisionPoint FIRST =
      new DecisionPoint() {
        @Override
        public Decision decide(Question question) {
          return new Decision.Permit(List.of());
        }

        @Override
        public String contentOf(String policy) {
          return policy;
        }
      };

  private static Releases.Active active(Optional<SecondPoint> second) {
    var release =
        new Release(
            new VersionId("v"),
            "msp",
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            new ConnectorId("rmm"),
            People.NONE,
            Set.of(),
            OversightTerms.DEFAULT,
            new PolicyPeers(Map.of(), second, Map.of()),
            Surroundings.NONE);
    return new Releases.Active(release, FIRST);
  }

  private static SecondPoints points(Map<String, Outside.Endpoint> endpoints) {
    return new SecondPoints(endpoints, name -> () -> name, InstantSource.system());
  }

  private static Outside.Endpoint opa(String base) {
    return new Outside.Opa(URI.create(base), Optional.empty());
  }

  @Test
  void aVersionThatNamesNoneDecidesAlone() {
    var active = active(Optional.empty());
    assertThat(points(Map.of()).over(active)).isSameAs(active);
  }

  @Test
  void aVersionThatNamesOneIsDecidedByBoth() {
    var active = active(Optional.of(NAMED));
    assertThat(points(Map.of("opa", opa("http://127.0.0.1:8181"))).over(active).decisionPoint())
        .isInstanceOf(OpaDecisionPoint.class);
  }

  @Test
  void aVersionWhosePointIsNotConfiguredIsNotInForce() {
    var active = active(Optional.of(NAMED));
    var elsewhere = new Outside.Mcp(URI.create("http://127.0.0.1:1"), Optional.empty());
    for (var endpoints :
        List.<Map<String, Outside.Endpoint>>of(
            Map.of(), Map.of("opa", elsewhere), Map.of("opa", opa("file:/etc/passwd")))) {
      assertThatThrownBy(() -> points(endpoints).over(active))
          .isInstanceOf(Releases.PolicyUnavailableException.class)
          .hasMessageContaining("opa");
    }
  }
}
