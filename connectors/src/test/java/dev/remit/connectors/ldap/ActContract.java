package dev.remit.connectors.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Acting as a leased account, the same against every directory. */
abstract class ActContract extends ReadContract {
  @Test
  void aNewPasswordReachesItsPlaceAndNobodyElse() {
    var execution = run(Fixture.RESET, AMARA);
    var shown = structured(execution);
    assertThat(mailbox.parcels).hasSize(1);
    var parcel = mailbox.parcels.getFirst();
    assertThat(parcel.person()).isEqualTo(AMARA);
    assertThat(parcel.tenant()).isEqualTo("harbor-dental");
    assertThat(Json.text(((Execution.Done) execution).result())).doesNotContain(parcel.password());
    assertThat(parcel.toString()).doesNotContain(parcel.password());
    assertThat(shown.text("handedOver")).hasValue("call-1");
    assertThat(served().letsIn(AMARA_DN, parcel.password())).isTrue();
    assertThat(served().letsIn(AMARA_DN, "old-amara.harbor-dental")).isFalse();
    assertThat(served().values(AMARA_DN, "pwdReset")).containsExactly("TRUE");
  }

  @Test
  void passwordsAreNeverTheSame() {
    run(Fixture.RESET, AMARA);
    run(Fixture.RESET, AMARA);
    assertThat(mailbox.parcels.get(0).password())
        .isNotEqualTo(mailbox.parcels.get(1).password())
        .hasSizeGreaterThan(20);
  }

  @Test
  void nothingIsChangedWhenThePlaceTakesNoPassword() {
    mailbox.close("full");
    assertThat(run(Fixture.RESET, AMARA))
        .isEqualTo(new Execution.Failed("the password could not be handed over: full"));
    assertThat(served().letsIn(AMARA_DN, "old-amara.harbor-dental")).isTrue();
    assertThat(served().values(AMARA_DN, "pwdReset")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "nested", "glass"})
  void whoeverIsProtectedIsNotTouched(String name) {
    var mail = name + ".harbor-dental@clients.example";
    var dn = "uid=" + name + ".harbor-dental,ou=people," + Tree.HARBOR;
    assertThat(run(Fixture.RESET, mail)).isInstanceOf(Execution.Failed.class);
    assertThat(run(Fixture.DISABLE, mail)).isInstanceOf(Execution.Failed.class);
    assertThat(mailbox.parcels).isEmpty();
    assertThat(served().letsIn(dn, "old-" + name + ".harbor-dental")).isTrue();
    assertThat(served().values(dn, "pwdAccountLockedTime")).isEmpty();
  }

  @Test
  void aMemberThatNobodyCanReadMakesEverybodyProtected() {
    var group = "cn=admins,ou=groups," + Tree.HARBOR;
    var ghost = new Modification(ModificationType.ADD, "member", "cn=hidden," + Tree.RIGHTS);
    served().modify(group, ghost);
    try {
      assertThat(user(AMARA).attributes().text("admin")).hasValue("unknown");
      assertThat(run(Fixture.RESET, AMARA)).isInstanceOf(Execution.Failed.class);
    } finally {
      served()
          .modify(
              group,
              new Modification(ModificationType.DELETE, "member", "cn=hidden," + Tree.RIGHTS));
    }
  }

  @Test
  void whoeverIsProtectedWhileThePasswordIsHandedOverIsNotTouched() {
    mailbox.meanwhile(() ->
        served()
            .modify(
                AMARA_DN,
                new Modification(ModificationType.REPLACE, "employeeType", "break-glass")));
    assertThat(run(Fixture.RESET, AMARA)).isInstanceOf(Execution.Rejected.class);
    assertThat(served().letsIn(AMARA_DN, "old-amara.harbor-dental")).isTrue();
  }

  @Test
  void aPersonOfAnotherCompanyIsNotTouched() {
    var mail = "amara.northwind-legal@clients.example";
    var execution = run(Fixture.RESET, mail);
    assertThat(execution).isEqualTo(new Execution.Failed("the record is not this tenant's"));
    assertThat(mailbox.parcels).isEmpty();
  }

  @Test
  void aTenantWithoutAContainerGetsNoLease() {
    var scope = connector.scope(Fixture.RESET, Fixture.NOBODY);
    assertThat(connector.broker().issue(Fixture.lease("x", scope)))
        .isInstanceOf(dev.remit.core.lease.Broker.NotMade.class);
  }

  @Test
  void aLeaseForReadingSetsNoPassword() {
    var credential = credential(Fixture.READ, Fixture.HARBOR);
    var scope = ((AccountCredential) credential).dn();
    assertThat(served().values("cn=reset-harbor-dental," + Tree.RIGHTS, "member"))
        .doesNotContain(scope);
  }

  @Test
  void somebodyIsDisabledOnceAndStays() {
    assertThat(structured(run(Fixture.DISABLE, AMARA)).get("wasDisabled"))
        .hasValue(Value.of(false));
    assertThat(served().values(AMARA_DN, "pwdAccountLockedTime")).isNotEmpty();
    assertThat(structured(run(Fixture.DISABLE, AMARA)).get("wasDisabled")).hasValue(Value.of(true));
  }

  @Test
  void nothingIsSentWhenTheTimeIsOverOrTheCallWasCut() {
    var credential = credential(Fixture.RESET, Fixture.HARBOR);
    var request = Fixture.request(Fixture.RESET, AMARA, Fixture.HARBOR);
    assertThat(connector.execute(request, credential, () -> true, new Cut()))
        .isInstanceOf(Execution.Failed.class);
    var cut = new Cut();
    cut.cut("killed");
    assertThat(connector.execute(request, credential, IN_TIME, cut))
        .isInstanceOf(Execution.Failed.class);
    assertThat(mailbox.parcels).isEmpty();
  }

  @Test
  void theTimeThatEndsDuringHandingOverEndsTheCall() {
    var isPast = new java.util.concurrent.atomic.AtomicBoolean();
    mailbox.meanwhile(() -> isPast.set(true));
    var execution =
        connector.execute(
            Fixture.request(Fixture.RESET, AMARA, Fixture.HARBOR),
            credential(Fixture.RESET, Fixture.HARBOR),
            isPast::get,
            new Cut());
    assertThat(execution).isInstanceOf(Execution.Failed.class);
    assertThat(served().letsIn(AMARA_DN, "old-amara.harbor-dental")).isTrue();
  }

  @Test
  void aDirectoryThatFallsSilentInTheMiddleIsUnknown() {
    mailbox.meanwhile(relay::shut);
    assertThat(run(Fixture.RESET, AMARA)).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void aDirectoryThatIsAwayBeforeAnythingWasSentIsAFailure() {
    var credential = credential(Fixture.RESET, Fixture.HARBOR);
    relay.shut();
    var request = Fixture.request(Fixture.RESET, AMARA, Fixture.HARBOR);
    assertThat(connector.execute(request, credential, IN_TIME, new Cut()))
        .isInstanceOf(Execution.Failed.class);
    assertThat(mailbox.parcels).isEmpty();
  }

  @Test
  void aCutClosesTheConnectionOfARunningCallAndTheLeaseServesOthers() {
    var cut = new Cut();
    mailbox.meanwhile(() -> cut.cut("killed"));
    var credential = credential(Fixture.RESET, Fixture.HARBOR);
    var request = Fixture.request(Fixture.RESET, AMARA, Fixture.HARBOR);
    assertThat(connector.execute(request, credential, IN_TIME, cut))
        .isInstanceOf(Execution.Failed.class);
    assertThat(served().letsIn(AMARA_DN, "old-amara.harbor-dental")).isTrue();
    mailbox.meanwhile(() -> {});
    assertThat(connector.execute(request, credential, IN_TIME, new Cut()))
        .isInstanceOf(Execution.Done.class);
  }

  @Test
  void aReferralIsNotFollowed() {
    var dn = "uid=away.harbor-dental,ou=people," + Tree.HARBOR;
    try (var root = served().root()) {
      root.add(
          "dn: " + dn,
          "objectClass: referral",
          "objectClass: extensibleObject",
          "uid: away.harbor-dental",
          "ref: ldap://127.0.0.1:1/" + AMARA_DN);
      try {
        assertThat(run(Fixture.READ, AMARA)).isInstanceOf(Execution.Done.class);
        var account = (AccountCredential) credential(Fixture.RESET, Fixture.HARBOR);
        assertThatThrownBy(() ->
                account.with(session ->
                    session.modify(
                        dn, new Modification(ModificationType.REPLACE, "pwdReset", "TRUE"))))
            .isInstanceOfSatisfying(
                LDAPException.class,
                e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.REFERRAL));
      } finally {
        root.delete(
            new com.unboundid.ldap.sdk.DeleteRequest(
                dn,
                new com.unboundid.ldap.sdk.Control[] {
                  new com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl(true)
                }));
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
