package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a directory's file may not say. */
final class LdapWorkspaceTest {
  private static final String DIRECTORY = "connectors/directory.yaml";

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("base: ou=leases,dc=estate,dc=example", "base: leases", "distinguished name"),
        arguments(
            "base: ou=leases,dc=estate,dc=example",
            "base: \"ou={owner},dc=estate\"",
            "distinguished name"),
        arguments(
            "base: ou=leases,dc=estate,dc=example",
            "base: ou=leases,dc=estate,dc=example\n    mark: employeeNumber",
            "only `standing` accounts"),
        arguments(
            "base: ou=leases,dc=estate,dc=example",
            "base: ou=leases,dc=estate,dc=example\n    password: md5",
            "must be ssha"),
        arguments("cn=reset-{owner},ou=rights", "cn=reset-{user},ou=rights", "distinguished name"),
        arguments(
            "    read: [\"cn=directory-read,ou=rights,dc=estate,dc=example\"]\n",
            "",
            "`read` is missing"),
        arguments(
            "    high: [\"cn=reset-{owner},ou=rights,dc=estate,dc=example\"]\n",
            "",
            "names no group for `high`"),
        arguments("  break-glass:\n    marks:\n      employeeType: [break-glass]\n", "", "missing"),
        arguments("      employeeType: [break-glass]", "      userPassword: [x]", "no secret"),
        arguments(
            "    groups: [\"cn=admins,ou=groups,ou={owner},ou=clients,dc=estate,dc=example\"]",
            "    groups: []",
            "`groups` is empty"),
        arguments("id: mail", "id: userPassword", "no secret"),
        arguments("owner: subtree", "owner: /company", "no secret"),
        arguments("name: cn", "name: unicodePwd", "no secret"),
        arguments("name: cn", "name: \"{everybody}\"", "no secret"),
        arguments("binding: [admin,", "binding: [boss,", "not among the attributes"),
        arguments("act: read", "act: write", "must be read"),
        arguments("show: [cn, mail,", "show: [userPassword, mail,", "no secret"),
        arguments("    show: [cn, mail, employeeType]\n", "", "`show` is missing"),
        arguments("rows: 200", "rows: 501", "a number from 1 to 500"),
        arguments("effect: high", "effect: observe", "is `high` or `destructive`"),
        arguments("effect: observe", "effect: high", "only observes"),
        arguments("    must-change: { attribute: pwdReset, value: \"TRUE\" }\n", "", "missing"),
        arguments("attribute: pwdReset", "attribute: \"a)(b\"", "no secret"),
        arguments("    targets:\n      user: user\n", "", "exactly one target"),
        arguments("act: disable\n", "act: disable\n    rows: 3\n    url: x\n", "unknown key `url`"),
        arguments("kind: ldap-account", "kind: ldap-account\n  host: x", "unknown key `host`"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aBrokenDirectoryIsRefused(String find, String replacement, String words) throws IOException {
    assertThat(Example.changed(DIRECTORY, find, replacement))
        .extracting(Diagnostic::text)
        .anySatisfy(text -> assertThat(text).startsWith(DIRECTORY + ":").contains(words));
  }

  @Test
  void nobodyIsChangedBeforeSomebodySaysWhoIsProtected() throws IOException {
    var text =
        new String(
            Example.files().getOrDefault(DIRECTORY, new byte[0]),
            java.nio.charset.StandardCharsets.UTF_8);
    int from = text.indexOf("protected:");
    int to = text.indexOf("inventory:");
    assertThat(Example.with(DIRECTORY, text.substring(0, from) + text.substring(to)))
        .extracting(Diagnostic::text)
        .anySatisfy(words -> assertThat(words).contains("say whom no tool may touch"))
        .anySatisfy(words -> assertThat(words).contains("say who is `{admins}`"));
  }

  @Test
  void theGuardrailMayNotReadWhatNoDirectoryDeclares() throws IOException {
    assertThat(Example.changed(DIRECTORY, "      admin: \"{admins}\"\n", "")).isNotEmpty();
  }
}
