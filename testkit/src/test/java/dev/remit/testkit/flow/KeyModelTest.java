package dev.remit.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.flow.Keys;
import dev.remit.core.identity.Organisation;
import dev.remit.core.release.KeyModels;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which kinds of keys an organisation takes. */
class KeyModelTest {
  private static final String OTHER = "cb69481e-8ff7-4039-93ec-0a2729a154a8";

  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);
  private final Crowd.Human fresh = Crowd.human(Crowd.msp("fresh", "seniors"));

  private void take(Organisation organisation, String... models) {
    var version = new VersionId("v2");
    var r = FlowRelease.of("v2");
    var p = r.people();
    var limited = new KeyModels(Map.of(organisation, Set.of(models)));
    world.ledgers.activate(version);
    world.releases.activate(
        new Release(
            version,
            r.organisation(),
            r.tenants(),
            r.agentClasses(),
            r.orchestrators(),
            r.taskClasses(),
            r.tools(),
            r.connectors(),
            r.ticketConnector(),
            new People(p.groups(), p.approvers(), p.persons(), p.work(), limited),
            Set.of()),
        world.policy);
  }

  private Keys.Registration asked(Crowd.Human human) {
    return crowd.keys().ask(human.person(), crowd.keyOf(human));
  }

  @Test
  void aKeyOfAnotherModelIsRefusedAndNobodyIsAsked() {
    take(new Organisation.Msp(), OTHER);
    assertThat(asked(fresh))
        .isInstanceOfSatisfying(
            Keys.Refused.class,
            r -> assertThat(r.why()).contains("takes certain models of keys").contains(OTHER));
    assertThat(crowd.keys().of(fresh.person())).isEmpty();
  }

  @Test
  void aKeyOfANamedModelIsAskedFor() {
    take(new Organisation.Msp(), OTHER, crowd.keyOf(fresh).aaguid().orElseThrow());
    assertThat(asked(fresh)).isInstanceOf(Keys.Waits.class);
  }

  @Test
  void whatTheMspTakesBindsNoClient() {
    take(new Organisation.Msp(), OTHER);
    assertThat(asked(Crowd.human(Crowd.client("heidi")))).isInstanceOf(Keys.Waits.class);
    take(new Organisation.Client(FlowRelease.HARBOR), OTHER);
    assertThat(asked(fresh)).isInstanceOf(Keys.Waits.class);
    assertThat(asked(Crowd.human(Crowd.client("henk")))).isInstanceOf(Keys.Refused.class);
  }
}
