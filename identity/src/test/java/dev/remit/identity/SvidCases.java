package dev.remit.identity;

import static dev.remit.identity.IdentityCase.proven;
import static dev.remit.identity.IdentityCase.refused;
import static dev.remit.identity.IdentityCase.unavailable;

import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.value.Value;
import dev.remit.identity.spiffe.soft.SoftCertificate;
import dev.remit.identity.spiffe.soft.SoftTrustDomain;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** X.509-SVIDs, right and wrong. */
final class SvidCases {

  private static final String GROUP = "X.509-SVIDs";
  private static final String DESK = "spiffe://" + SvidRig.LIVE + "/desk";

  private SvidCases() {}

  private static IdentityCase no(String shown, String rule, Function<SvidRig, Authentication> run) {
    return refused(GROUP, shown, rule, () -> run.apply(new SvidRig()));
  }

  private static IdentityCase leaf(
      String shown, String rule, UnaryOperator<SoftCertificate> change) {
    return no(shown, rule, rig -> shown(rig, change, SoftTrustDomain.ecKey("secp256r1")));
  }

  private static Authentication shown(
      SvidRig rig, UnaryOperator<SoftCertificate> change, KeyPair key) {
    Instant now = rig.clock.instant();
    return rig.certificate(
        rig.live.svid(change.apply(SoftCertificate.leaf(DESK, now, now.plusSeconds(3600))), key));
  }

  private static SoftCertificate between(SvidRig rig, String domain) {
    Instant now = rig.clock.instant();
    return SoftCertificate.authority("between", domain, now, now.plusSeconds(7200));
  }

  private static SoftCertificate desk(SvidRig rig) {
    Instant now = rig.clock.instant();
    return SoftCertificate.leaf(DESK, now, now.plusSeconds(3600));
  }

  static List<IdentityCase> all() {
    var all = new ArrayList<IdentityCase>();
    all.addAll(good());
    all.addAll(names());
    all.addAll(leaves());
    all.addAll(chains());
    all.addAll(between());
    all.addAll(times());
    all.addAll(bundles());
    all.addAll(registrations());
    return all;
  }

  private static List<IdentityCase> good() {
    return List.of(
        proven(
            GROUP,
            "an SVID of a listed trust domain",
            "X.509-SVID 5",
            () -> {
              var rig = new SvidRig();
              return rig.certificate(rig.svid(rig.live, "/desk"));
            }),
        proven(
            GROUP,
            "an SVID below an authority between it and the root",
            "X.509-SVID 5.1",
            () -> {
              var rig = new SvidRig();
              return rig.certificate(
                  rig.live.svidBelow(
                      between(rig, SvidRig.LIVE), desk(rig), SoftTrustDomain.ecKey("secp256r1")));
            }),
        proven(
            GROUP,
            "the same chain with the root at its end",
            "X.509-SVID 5.1",
            () -> {
              var rig = new SvidRig();
              var chain = new ArrayList<>(rig.svid(rig.live, "/desk").chain());
              chain.add(rig.live.root());
              return rig.certificate(chain);
            }));
  }

  private static List<IdentityCase> names() {
    return List.of(
        leaf("two URIs, one of them right", "X.509-SVID 2", l -> l.withUris(DESK, DESK + "2")),
        leaf("the same URI twice", "X.509-SVID 2", l -> l.withUris(DESK, DESK)),
        leaf("no URI", "X.509-SVID 2", l -> l.withUris()),
        leaf("a URI of another scheme", "SPIFFE-ID 2", l -> l.withUris("https://x.example/desk")),
        leaf(
            "the trust domain alone, without a path",
            "X.509-SVID 5.2",
            l -> l.withUris("spiffe://" + SvidRig.LIVE)),
        leaf("a path that ends with a slash", "SPIFFE-ID 2.2", l -> l.withUris(DESK + "/")),
        leaf(
            "a path with an empty segment",
            "SPIFFE-ID 2.2",
            l -> l.withUris("spiffe://" + SvidRig.LIVE + "//desk")),
        leaf(
            "a path that goes up",
            "SPIFFE-ID 2.2",
            l -> l.withUris("spiffe://" + SvidRig.LIVE + "/x/../desk")),
        leaf(
            "a path with an escaped letter",
            "SPIFFE-ID 2.2",
            l -> l.withUris("spiffe://" + SvidRig.LIVE + "/%64esk")),
        leaf(
            "a trust domain in capitals",
            "SPIFFE-ID 2.1",
            l -> l.withUris("spiffe://AGENTS.example/desk")),
        leaf(
            "a trust domain with a port",
            "SPIFFE-ID 2.1",
            l -> l.withUris("spiffe://" + SvidRig.LIVE + ":443/desk")),
        leaf("a query after the path", "SPIFFE-ID 2", l -> l.withUris(DESK + "?a=b")));
  }

  private static List<IdentityCase> leaves() {
    return List.of(
        leaf("an authority in the place of the leaf", "X.509-SVID 4.1", l -> l.asAuthority(true)),
        leaf("a leaf that may sign certificates", "X.509-SVID 4.3", l -> l.withUsages(0, 5)),
        leaf("a leaf that may sign revocations", "X.509-SVID 4.3", l -> l.withUsages(0, 6)),
        leaf("a leaf that may not sign at all", "X.509-SVID 4.3", l -> l.withUsages(2)),
        leaf("no key usage", "X.509-SVID 4.3", l -> l.withUsages()),
        leaf(
            "a key usage that is not critical",
            "X.509-SVID 4.3",
            SoftCertificate::withUncriticalUsage),
        leaf("a leaf for signing code", "X.509-SVID 4.4", l -> l.withPurposes("1.3.6.1.5.5.7.3.3")),
        no(
            "a key of RSA with 1024 bits",
            "our rule: RSA 2048, P-256 or better",
            rig -> shown(rig, l -> l, rsa(1024))),
        leaf(
            "a leaf that lives a month",
            "our rule: at most 24 h unless configured",
            l ->
                new SoftCertificate(
                    "svid",
                    l.uris(),
                    false,
                    true,
                    l.usages(),
                    l.purposes(),
                    l.from(),
                    l.from().plus(Duration.ofDays(29)))),
        no("the root itself", "X.509-SVID 4.1", rig -> rig.certificate(List.of(rig.live.root()))));
  }

  private static KeyPair rsa(int bits) {
    return TestKey.rsa("r", bits).pair();
  }

  private static List<IdentityCase> chains() {
    return List.of(
        no(
            "an SVID of a trust domain that is not listed",
            "X.509-SVID 5.1",
            rig -> {
              var other =
                  SoftTrustDomain.of("other.example", rig.clock.instant(), Duration.ofDays(1));
              return rig.certificate(rig.svid(other, "/desk"));
            }),
        no(
            "a listed trust domain's name under another listed domain's root",
            "X.509-SVID 5.1",
            rig -> rig.certificate(rig.trial.svid(desk(rig), SoftTrustDomain.ecKey("secp256r1")))),
        no(
            "a root of the right name and another key",
            "X.509-SVID 5.1",
            rig -> {
              var forged =
                  SoftTrustDomain.of(SvidRig.LIVE, rig.clock.instant(), Duration.ofDays(1));
              return rig.certificate(rig.svid(forged, "/desk"));
            }),
        no(
            "the forged root sent along",
            "X.509-SVID 5.1",
            rig -> {
              var forged =
                  SoftTrustDomain.of(SvidRig.LIVE, rig.clock.instant(), Duration.ofDays(1));
              var chain = new ArrayList<>(rig.svid(forged, "/desk").chain());
              chain.add(forged.root());
              return rig.certificate(chain);
            }),
        no(
            "the true root sent along with a forged leaf",
            "X.509-SVID 5.1",
            rig -> {
              var forged =
                  SoftTrustDomain.of(SvidRig.LIVE, rig.clock.instant(), Duration.ofDays(1));
              var chain = new ArrayList<>(rig.svid(forged, "/desk").chain());
              chain.add(rig.live.root());
              return rig.certificate(chain);
            }));
  }

  private static List<IdentityCase> between() {
    return List.of(
        no(
            "a leaf that another leaf signed",
            "X.509-SVID 5.1",
            rig ->
                rig.certificate(
                    rig.live.svidBelow(
                        SoftCertificate.leaf(
                            DESK, rig.clock.instant(), rig.clock.instant().plusSeconds(3600)),
                        desk(rig),
                        SoftTrustDomain.ecKey("secp256r1")))),
        no(
            "an authority between that is of another trust domain",
            "X.509-SVID 5.1",
            rig ->
                rig.certificate(
                    rig.live.svidBelow(
                        between(rig, SvidRig.TRIAL),
                        desk(rig),
                        SoftTrustDomain.ecKey("secp256r1")))),
        no(
            "a chain without the authority between",
            "X.509-SVID 5.1",
            rig ->
                rig.certificate(
                    rig.live
                        .svidBelow(
                            between(rig, SvidRig.LIVE),
                            desk(rig),
                            SoftTrustDomain.ecKey("secp256r1"))
                        .chain()
                        .subList(0, 1))),
        no(
            "a chain of seven",
            "our rule: at most six",
            rig ->
                rig.certificate(
                    java.util.Collections.nCopies(
                        7, rig.svid(rig.live, "/desk").chain().getFirst()))));
  }

  private static List<IdentityCase> times() {
    return List.of(
        no(
            "an SVID that has expired",
            "X.509-SVID 5.1",
            rig -> {
              var svid = rig.svid(rig.live, "/desk");
              rig.passes(Duration.ofHours(1));
              return rig.certificate(svid);
            }),
        no(
            "one that was good at the last call and has expired since",
            "our rule: time is asked at every call",
            rig -> {
              var svid = rig.svid(rig.live, "/desk");
              rig.certificate(svid);
              rig.passes(Duration.ofHours(1));
              return rig.certificate(svid);
            }),
        no(
            "an SVID of five minutes from now, as by a clock that is off",
            "X.509-SVID 5.1",
            rig -> {
              var from = rig.clock.instant().plusSeconds(300);
              return rig.certificate(rig.live.svid("/desk", from, from.plusSeconds(3600)));
            }));
  }

  private static List<IdentityCase> bundles() {
    return List.of(
        no(
            "one that was good at the last call, whose root the bundle lost since",
            "Trust Domain and Bundle 4.1",
            rig -> {
              var svid = rig.svid(rig.live, "/desk");
              rig.certificate(svid);
              var next = SoftTrustDomain.of(SvidRig.LIVE, rig.clock.instant(), Duration.ofDays(1));
              rig.write(SvidRig.LIVE, next.bundle(2));
              rig.passes(Duration.ofSeconds(10));
              return rig.certificate(svid);
            }),
        no(
            "one whose trust domain took all its roots back",
            "Trust Domain and Bundle 4.1.3",
            rig -> {
              var svid = rig.svid(rig.live, "/desk");
              rig.certificate(svid);
              rig.write(SvidRig.LIVE, rig.live.bundle(2).with("keys", Value.texts(List.of())));
              rig.passes(Duration.ofSeconds(10));
              return rig.certificate(svid);
            }),
        proven(
            GROUP,
            "one whose bundle's file is away for a moment",
            "our rule: the last bundle serves twelve times its refresh hint",
            () -> {
              var rig = new SvidRig();
              rig.remove(SvidRig.LIVE);
              rig.passes(Duration.ofSeconds(60));
              return rig.certificate(rig.svid(rig.live, "/desk"));
            }),
        unavailable(
            GROUP,
            "one whose bundle could not be read for too long",
            "our rule: the last bundle serves twelve times its refresh hint",
            () -> {
              var rig = new SvidRig();
              rig.remove(SvidRig.LIVE);
              rig.passes(Duration.ofMinutes(12));
              return rig.certificate(rig.svid(rig.live, "/desk"));
            }));
  }

  private static List<IdentityCase> registrations() {
    return List.of(
        no(
            "a good SVID of a workload that nobody registered",
            "our rule: exactly one",
            rig -> rig.certificate(rig.svid(rig.live, "/stranger"))),
        no(
            "one that is registered twice",
            "our rule: exactly one",
            rig -> rig.certificate(rig.svid(rig.live, "/twice"))),
        no(
            "one of a test domain that is registered for production",
            "our rule: environments never cross",
            rig -> rig.certificate(rig.svid(rig.trial, "/crossing"))),
        proven(
            GROUP,
            "one of a test domain that is registered for test",
            "our rule: environments never cross",
            () -> {
              var rig = new SvidRig();
              return rig.certificate(rig.svid(rig.trial, "/tester"));
            }));
  }
}
