package dev.remit.identity;

import static dev.remit.identity.IdentityCase.proven;
import static dev.remit.identity.IdentityCase.refused;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.WorkloadProof.OfClaims;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopProofs;
import dev.remit.identity.binding.Nonces;
import dev.remit.identity.binding.SenderBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Tokens in the documented shapes of three platforms, of agents that the workspace knows by claims
 * and lets call without a key.
 */
final class PlatformTokenCases {

  private static final String CLUSTER = "https://kubernetes.default.svc.cluster.local";
  private static final String DIRECTORY =
      "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";
  private static final String PIPELINES = "https://token.actions.githubusercontent.com";
  private static final TestKey KEY = TestKey.rsa("platform-1", 2048);

  private PlatformTokenCases() {}

  private static AgentId agent(String name, String environment) {
    return AgentId.parse(name + "/harbor-dental/" + environment + "/observe");
  }

  private static Authentication shown(String token) {
    try (var server = new KeyServer(KEY);
        var source = new HttpJwksSource(Duration.ofSeconds(5))) {
      var release =
          TestReleases.of(
              List.of(
                  TestReleases.legacyBy(
                      agent("cluster", "production"),
                      new OfClaims(
                          CLUSTER,
                          Map.of(
                              "/kubernetes.io/namespace",
                              "agents",
                              "/kubernetes.io/serviceaccount/name",
                              "desk"))),
                  TestReleases.legacyBy(
                      agent("directory", "production"),
                      new OfClaims(
                          DIRECTORY,
                          Map.of(
                              "tid",
                              "11111111-2222-3333-4444-555555555555",
                              "oid",
                              "99999999-8888-7777-6666-555555555555"))),
                  TestReleases.legacyBy(
                      agent("pipeline", "production"),
                      new OfClaims(
                          PIPELINES, Map.of("repository_id", "74", "environment", "production"))),
                  TestReleases.legacyBy(
                      agent("trial", "test"),
                      new OfClaims(
                          PIPELINES, Map.of("repository_id", "74", "environment", "test"))),
                  TestReleases.legacyBy(
                      agent("wide", "production"),
                      new OfClaims(PIPELINES, Map.of("repository_id", "75"))),
                  TestReleases.legacyBy(
                      agent("narrow", "production"),
                      new OfClaims(
                          PIPELINES, Map.of("repository_id", "75", "environment", "production")))));
      var clock = new TestClock();
      var authenticator =
          new OidcAuthenticator(
              List.of(
                  issuer(CLUSTER, server), issuer(DIRECTORY, server), issuer(PIPELINES, server)),
              () -> release,
              new SenderBinding(new DpopProofs(new Nonces("r", new SplittableRandom(1)))),
              source,
              KeyTimes.DEFAULT,
              clock);
      return authenticator.authenticate(
          Presented.bearer(token, "POST", "https://remit.example/mcp"), clock.instant());
    }
  }

  private static TrustedIssuer issuer(String name, KeyServer server) {
    return TrustedIssuer.of(name, server.address(), "remit")
        .withPlainType()
        .withAlgorithms(Set.of(SigningAlgorithm.RS256))
        .within(Set.of(Environment.PRODUCTION));
  }

  private static TestToken base(String issuer) {
    return TestToken.by(KEY, "RS256").claim("iss", issuer).claim("aud", "remit").at("nbf", 0);
  }

  /** A projected service account token (Kubernetes 1.22 and later). */
  private static TestToken cluster() {
    return base(CLUSTER)
        .noHeader("typ")
        .claim("aud", List.of("remit"))
        .claim("sub", "system:serviceaccount:agents:desk")
        .claim(
            "kubernetes.io",
            Value.object(
                "namespace",
                "agents",
                "node",
                Value.object("name", "node-1", "uid", "n1"),
                "pod",
                Value.object("name", "desk-0", "uid", "p1"),
                "serviceaccount",
                Value.object("name", "desk", "uid", "s1")));
  }

  /** An access token of a federated application (version 2.0). */
  private static TestToken directory() {
    return base(DIRECTORY)
        .header("typ", "JWT")
        .header("x5t", "AAAAAAAAAAAAAAAAAAAAAAAAAAA")
        .claim("tid", "11111111-2222-3333-4444-555555555555")
        .claim("oid", "99999999-8888-7777-6666-555555555555")
        .claim("sub", "99999999-8888-7777-6666-555555555555")
        .claim("azp", "77777777-6666-5555-4444-333333333333")
        .claim("azpacr", "2")
        .claim("uti", "u")
        .claim("ver", "2.0");
  }

  /** A job's token. */
  private static TestToken pipeline() {
    return base(PIPELINES)
        .header("typ", "JWT")
        .claim("sub", "repo:octo-org/octo-repo:environment:production")
        .claim("repository", "octo-org/octo-repo")
        .claim("repository_id", "74")
        .claim("repository_owner", "octo-org")
        .claim("repository_owner_id", "65")
        .claim("environment", "production")
        .claim("ref", "refs/heads/main")
        .claim("ref_type", "branch")
        .claim("job_workflow_ref", "octo-org/octo-repo/.github/workflows/a.yml@refs/heads/main")
        .claim("runner_environment", "github-hosted")
        .claim("event_name", "workflow_dispatch")
        .claim("run_attempt", "1");
  }

  private static IdentityCase yes(String group, String shown, TestToken token) {
    return proven(group, shown, "OpenID Connect Core 2", () -> shown(token.text()));
  }

  private static IdentityCase no(
      String group, String shown, String rule, TestToken like, UnaryOperator<TestToken> change) {
    return refused(group, shown, rule, () -> shown(change.apply(like).text()));
  }

  static List<IdentityCase> all() {
    var all = new ArrayList<IdentityCase>();
    all.addAll(ofCluster());
    all.addAll(ofDirectory());
    all.addAll(ofPipeline());
    return all;
  }

  private static List<IdentityCase> ofCluster() {
    var group = "Kubernetes service accounts";
    return List.of(
        yes(group, "a projected token of the account `desk` in `agents`", cluster()),
        no(
            group,
            "the same account's name in another namespace",
            "our rule: every claim",
            cluster(),
            t ->
                t.claim(
                    "kubernetes.io",
                    Value.object(
                        "namespace", "other", "serviceaccount", Value.object("name", "desk")))),
        no(
            group,
            "the names at the top level in place of `kubernetes.io`",
            "RFC 6901 4",
            cluster(),
            t -> t.noClaim("kubernetes.io").claim("namespace", "agents").claim("name", "desk")),
        no(
            group,
            "a token for the cluster's own audience",
            "RFC 7519 4.1.3",
            cluster(),
            t -> t.claim("aud", List.of(CLUSTER))),
        no(
            group,
            "the 3607 seconds that clusters give by default",
            "our rule: at most an hour",
            cluster(),
            t -> t.at("exp", 3607)));
  }

  private static List<IdentityCase> ofDirectory() {
    var group = "Entra workload identities";
    return List.of(
        yes(group, "an access token of the application's object", directory()),
        no(
            group,
            "the same object identifier of another directory",
            "our rule: every claim",
            directory(),
            t -> t.claim("tid", "aaaaaaaa-2222-3333-4444-555555555555")),
        no(
            group,
            "a token of another directory's issuer",
            "RFC 8725 3.8",
            directory(),
            t ->
                t.claim(
                    "iss",
                    "https://login.microsoftonline.com/aaaaaaaa-2222-3333-4444-555555555555/v2.0")),
        no(
            group,
            "the 3900 seconds from `iat` to `exp` of default tokens",
            "our rule: at most an hour",
            directory(),
            t -> t.at("exp", 3900)));
  }

  private static List<IdentityCase> ofPipeline() {
    var group = "GitHub Actions";
    return List.of(
        yes(group, "a job of the repository in its environment", pipeline()),
        no(
            group,
            "a job of the repository outside of the environment",
            "our rule: every claim",
            pipeline(),
            t -> t.noClaim("environment")),
        no(
            group,
            "a job of a fork",
            "our rule: every claim",
            pipeline(),
            t -> t.claim("repository_id", "9001")),
        no(
            group,
            "a claim of the right text in a list",
            "our rule: a claim is text",
            pipeline(),
            t -> t.claim("environment", List.of("production"))),
        no(
            group,
            "a number in place of the text",
            "our rule: a claim is text",
            pipeline(),
            t -> t.claim("repository_id", 74)),
        no(
            group,
            "a job of the test environment, from an issuer that is believed for production",
            "our rule: environments never cross",
            pipeline(),
            t -> t.claim("environment", "test")),
        no(
            group,
            "a job that two registered agents could be",
            "our rule: exactly one",
            pipeline(),
            t -> t.claim("repository_id", "75")));
  }
}
