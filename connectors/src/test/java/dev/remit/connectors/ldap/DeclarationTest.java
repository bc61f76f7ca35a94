package dev.remit.connectors.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Tool;
import dev.remit.core.identity.Grade;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a declaration can say, and what it never can; no directory is asked. */
final class DeclarationTest {
  private static final DnTemplate TEMPLATE =
      DnTemplate.parse("cn=reset-{owner},ou=rights,dc=msp,dc=example");

  @Test
  void everyCharacterOfAnOwnerIsPartOfOneValue() throws LDAPException {
    for (char c = 1; c < 0x180; c++) {
      var owner = "a" + c + "b";
      var filled = TEMPLATE.fill(owner);
      assertThat(filled.getRDNs()).as("character %d", (int) c).hasSize(4);
      var read = new DN(filled.toString()).getRDNs()[0];
      assertThat(read.getAttributeValues()).containsExactly("reset-" + owner);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x,ou=other", "x+cn=admin", "x\\", "\"", " ", "#", "x;y", "{owner}", "\0"})
  void anOwnerNeverEndsAValue(String owner) throws LDAPException {
    var read = new DN(TEMPLATE.fill(owner).toString());
    assertThat(read.getRDNs()).hasSize(4);
    assertThat(read.isDescendantOf(new DN("ou=rights,dc=msp,dc=example"), false)).isTrue();
    assertThat(read.getRDNs()[0].isMultiValued()).isFalse();
  }

  @Test
  void anOwnerWithoutNameFillsNothing() {
    assertThatThrownBy(() -> TEMPLATE.fill("")).isInstanceOf(InvalidValueException.class);
  }

  private static Rights rights(String json) {
    return Rights.of(new Settings("broker.rights", Json.parseObject(json)));
  }

  @Test
  void aGradeThatNamesNoGroupGivesNone() {
    var rights = rights("{\"base\": \"ou=r,dc=x\", \"read\": [\"cn=read,ou=r,dc=x\"]}");
    assertThat(rights.scope(Grade.DESTRUCTIVE, "a").items("groups")).isEmpty();
    assertThat(rights.scope(Grade.OBSERVE, "a").items("groups")).hasSize(1);
  }

  @Test
  void aGroupOutsideTheBaseOfRightsIsRefused() {
    assertThatThrownBy(() ->
            rights("{\"base\": \"ou=r,dc=x\", \"high\": [\"cn=Domain Admins,cn=Users,dc=x\"]}"))
        .isInstanceOf(InvalidValueException.class);
    var rights = rights("{\"base\": \"ou=r,dc=x\", \"high\": [\"cn={owner},ou=r,dc=x\"]}");
    assertThatThrownBy(
            () -> rights.groups(Value.object("groups", Value.texts(List.of("cn=admins,dc=x")))))
        .isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"userPassword", "USERPASSWORD", "unicodePwd", "x)(y", "a b", "", "{x}"})
  void attributesWithSecretsAndNoNamesAreNeverRead(String name) {
    assertThatThrownBy(() -> RecordKind.attribute(name)).isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "observe|{'act': 'reset-password', 'must-change': {'attribute': 'pwdReset', 'value':"
            + " 'TRUE'}}",
        "high|{'act': 'read', 'show': ['cn']}",
        "high|{'act': 'delete'}",
        "high|{'act': 'reset-password'}",
        "high|{'act': 'disable', 'set': {'attribute': 'userPassword', 'value': 'x'}}",
        "observe|{'act': 'read', 'show': ['userPassword']}",
        "high|{'act': 'reset-password', 'password': 'md5', 'must-change': {'attribute': 'a',"
            + " 'value': 'b'}}"
      })
  void anActThatIsNotOneIsRefused(String effect, String settings) {
    var read = new Settings("tool", Json.parseObject(settings.replace('\'', '"')));
    assertThatThrownBy(() -> Act.of(read, Grade.parse(effect)))
        .isInstanceOf(InvalidValueException.class);
  }

  private static LdapConnector connector(Value.Obj settings, Optional<Handover> place, Tool tool) {
    var authority = new TestAuthority();
    var endpoint =
        new LdapEndpoint(
            "127.0.0.1",
            1,
            LdapEndpoint.Security.LDAPS,
            List.of(authority.trusted()),
            Optional.empty(),
            Tree.BROKER,
            () -> "x",
            place);
    return Fixture.connector(endpoint, Fixture.spec(settings), tool);
  }

  @Test
  void aPasswordNeedsAPlaceToGo() {
    var settings = Fixture.spec(Fixture.MADE).settings();
    assertThatThrownBy(() -> connector(settings, Optional.empty(), Fixture.RESET))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("handover");
    assertThatCode(() -> connector(settings, Optional.empty(), Fixture.DISABLE).close())
        .doesNotThrowAnyException();
  }

  @Test
  void aChangeNeedsToKnowWhoIsProtected() {
    var settings = Fixture.spec(Fixture.MADE).settings();
    var bare =
        Json.parseObject(
            Json.text(settings.without("protected"))
                .replace("{admins}", "cn")
                .replace("{break-glass}", "cn"));
    assertThatThrownBy(() -> connector(bare, Optional.of(new Mailbox()), Fixture.RESET))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("protected");
    var empty =
        settings.with("protected", Json.parseObject("{\"admins\": {}, \"break-glass\": {}}"));
    assertThatThrownBy(() -> connector(empty, Optional.of(new Mailbox()), Fixture.RESET))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void passwordsForPeopleAreLongMixedAndNeverTheSame() {
    var passwords = new Passwords(new SecureRandom());
    var seen = new HashSet<String>();
    for (int i = 0; i < 1_000; i++) {
      var password = passwords.ofPerson();
      assertThat(password).matches("[a-z2-9]{4}(-[a-z2-9]{4}){4}[A-Z][0-9]");
      assertThat(seen.add(password)).isTrue();
    }
  }

  @Test
  void activeDirectoryTakesAPasswordInQuotesAsUtf16() {
    var change =
        new Passwords(new SecureRandom()).replacing(Passwords.Form.UNICODE_PWD, "pässword");
    assertThat(change.getAttributeName()).isEqualTo("unicodePwd");
    assertThat(new String(change.getRawValues()[0].getValue(), StandardCharsets.UTF_16LE))
        .isEqualTo("\"pässword\"");
  }

  @Test
  void nothingShowsASecret() {
    var endpoint =
        new LdapEndpoint(
            "h",
            1,
            LdapEndpoint.Security.LDAPS,
            List.of(),
            Optional.empty(),
            Tree.BROKER,
            () -> Tree.BROKER_PASSWORD,
            Optional.empty());
    assertThat(endpoint.toString()).isEqualTo("LdapEndpoint[h:1]");
    assertThat(new Handover.Parcel("c", "t", "p", "secret").toString()).doesNotContain("secret");
  }
}
