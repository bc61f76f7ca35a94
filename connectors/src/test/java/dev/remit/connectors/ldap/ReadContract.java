package dev.remit.connectors.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.lease.Credential;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading as a leased account, the same against every directory. */
abstract class ReadContract {
  static final SendBy IN_TIME = () -> false;
  static final String AMARA = "amara.harbor-dental@clients.example";
  static final String AMARA_DN = "uid=amara.harbor-dental,ou=people," + Tree.HARBOR;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final Mailbox mailbox = new Mailbox();

  @SuppressWarnings("NullAway.Init") // set before each test
  Relay relay;

  @SuppressWarnings("NullAway.Init") // set before each test
  LdapConnector connector;

  abstract Served served();

  @BeforeEach
  final void open() {
    relay = new Relay(served().port());
    connector =
        Fixture.connector(
            Fixture.endpoint(served(), relay.port(), mailbox),
            Fixture.MADE,
            Fixture.READ,
            Fixture.LIST,
            Fixture.RESET,
            Fixture.DISABLE);
  }

  @AfterEach
  final void close() {
    relay.open();
    ours().forEach(connector.broker()::remove);
    connector.close();
    relay.close();
    var old = new Modification(ModificationType.REPLACE, "userPassword", "old-amara.harbor-dental");
    served().modify(AMARA_DN, old);
    served().modify(AMARA_DN, new Modification(ModificationType.REPLACE, "pwdReset"));
    served().modify(AMARA_DN, new Modification(ModificationType.REPLACE, "pwdAccountLockedTime"));
    served().modify(AMARA_DN, new Modification(ModificationType.REPLACE, "employeeType", "staff"));
  }

  private Set<String> ours() {
    try {
      return connector.broker().present();
    } catch (VendorException e) {
      // The connection that the test broke is gone now.
      return connector.broker().present();
    }
  }

  final Credential credential(Tool tool, Tenant tenant) {
    var name = "n" + NUMBER.incrementAndGet();
    return Fixture.issue(connector.broker(), Fixture.lease(name, connector.scope(tool, tenant)));
  }

  final Execution run(Tool tool, String target, Tenant tenant) {
    return connector.execute(
        Fixture.request(tool, target, tenant), credential(tool, tenant), IN_TIME, new Cut());
  }

  final Execution run(Tool tool, String target) {
    return run(tool, target, Fixture.HARBOR);
  }

  final Reading user(String mail) {
    return connector
        .read(ref("user", mail), credential(Fixture.READ, Fixture.HARBOR))
        .orElseThrow();
  }

  static TargetRef ref(String kind, String id) {
    return new TargetRef(Fixture.DIRECTORY, kind, id);
  }

  static Value.Obj structured(Execution execution) {
    assertThat(execution).isInstanceOf(Execution.Done.class);
    return ((Execution.Done) execution).result().object("structuredContent").orElseThrow();
  }

  @Test
  void theTenantOfAnEntryIsTheContainerItLiesIn() {
    var reading = user(AMARA);
    assertThat(reading.owner()).isEqualTo("harbor-dental");
    assertThat(reading.attributes())
        .isEqualTo(Value.object("admin", "no", "break_glass", "no", "name", "amara.harbor-dental"));
    assertThat(reading.binding()).containsExactlyInAnyOrder("admin", "break_glass");
  }

  @Test
  void theInventoryHoldsThePeopleOfAllCompaniesWithWhatProtectsThem() {
    var lease = Fixture.lease("inventory", connector.readScope());
    var all = connector.inventory("user", Fixture.issue(connector.broker(), lease));
    assertThat(all).hasSize(10);
    assertThat(all)
        .filteredOn(reading -> !reading.attributes().text("admin").equals(Optional.of("no")))
        .extracting(reading -> reading.ref().id())
        .containsExactlyInAnyOrder(
            "admin.harbor-dental@clients.example",
            "nested.harbor-dental@clients.example",
            "admin.northwind-legal@clients.example",
            "nested.northwind-legal@clients.example");
    assertThat(all)
        .filteredOn(reading -> reading.attributes().text("break_glass").equals(Optional.of("yes")))
        .hasSize(2);
    assertThat(
            connector.inventory(
                "group",
                Fixture.issue(connector.broker(), Fixture.lease("groups", connector.readScope()))))
        .hasSize(6);
  }

  @Test
  void aChangeOfTheEntryChangesItsVersion() {
    var before = user(AMARA);
    served().modify(AMARA_DN, new Modification(ModificationType.REPLACE, "employeeType", "temp"));
    assertThat(user(AMARA).version()).isNotEqualTo(before.version());
  }

  private static final List<String> HOSTILE =
      List.of(
          "*",
          "AMARA.harbor-dental@clients.example",
          " amara.harbor-dental@clients.example",
          "amara.harbor-dental@clients.example ",
          "amara*",
          "*)(mail=*",
          "x)(objectClass=*",
          "amara.harbor-dental@clients.example)(mail=*",
          "\\2a",
          "\\",
          "\0",
          "a\0b",
          "",
          "(|(mail=*))",
          "amara.harbor-dental@clients.example,ou=x",
          "uid=amara.harbor-dental,ou=people," + Tree.HARBOR,
          "\u202eamara",
          "\uff41mara.harbor-dental@clients.example",
          "&",
          "!",
          "=",
          "~=",
          ">=",
          "<=",
          "#x",
          "\"",
          ";",
          "+",
          "é");

  @Test
  void aHostileIdentifierFindsNothingAndDoesNothing() {
    var credential = credential(Fixture.RESET, Fixture.HARBOR);
    for (String hostile : HOSTILE) {
      assertThat(connector.read(ref("user", hostile), credential)).as(hostile).isEmpty();
      var request = Fixture.request(Fixture.RESET, hostile, Fixture.HARBOR);
      assertThat(connector.execute(request, credential, IN_TIME, new Cut()))
          .as(hostile)
          .isEqualTo(new Execution.Failed("no such record"));
    }
    assertThat(mailbox.parcels).isEmpty();
  }

  @Test
  void everyByteInAnIdentifierIsOnlyEverAValue() {
    var credential = credential(Fixture.READ, Fixture.HARBOR);
    for (char c = 0; c < 256; c++) {
      assertThat(connector.read(ref("user", "amara.harbor-dental@clients.example" + c), credential))
          .as("character %d", (int) c)
          .isEmpty();
    }
  }

  @Test
  void twoEntriesOfOneIdentifierAreNone() {
    var dn = "uid=twin,ou=people," + Tree.NORTHWIND;
    try (var root = served().root()) {
      root.add(
          "dn: " + dn,
          "objectClass: inetOrgPerson",
          "uid: twin",
          "cn: t",
          "sn: t",
          "mail: " + AMARA);
      assertThat(connector.read(ref("user", AMARA), credential(Fixture.READ, Fixture.HARBOR)))
          .isEmpty();
      assertThat(run(Fixture.RESET, AMARA)).isInstanceOf(Execution.Failed.class);
      root.delete(dn);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPersonIsRead() {
    assertThat(structured(run(Fixture.READ, AMARA)))
        .isEqualTo(Value.object("id", AMARA, "cn", Value.texts(List.of("amara.harbor-dental"))));
  }

  @Test
  void membersOfOneCompanyAreNamedAndOthersCounted() {
    var group = "cn=staff,ou=groups," + Tree.HARBOR;
    var id = served().values(group, "entryUUID").getFirst();
    var stranger = "uid=amara.northwind-legal,ou=people," + Tree.NORTHWIND;
    served().modify(group, new Modification(ModificationType.ADD, "member", stranger));
    var listed = structured(run(Fixture.LIST, id));
    served().modify(group, new Modification(ModificationType.DELETE, "member", stranger));
    assertThat(listed.items("members"))
        .containsExactlyInAnyOrder(
            Value.of(AMARA), Value.of("bruno.harbor-dental@clients.example"));
    assertThat(listed.integer("others")).hasValue(1L);
  }
}
