package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a catalogue of commands may not say. */
final class SshWorkspaceTest {
  private static final String FILE = "connectors/linux.yaml";

  /** The connector that the reference page shows, word for word. */
  private static String connector() throws IOException {
    var page =
        Files.readString(
            Path.of(System.getProperty("remit.root", "..")).resolve("docs/reference/broker-ssh.md"),
            StandardCharsets.UTF_8);
    int start = page.indexOf("```yaml\n") + 8;
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void theConnectorOfTheReferencePageIsGood() throws IOException {
    assertThat(Example.with(FILE, connector())).isEmpty();
  }

  @Test
  void itFitsThePublishedSchema() throws IOException {
    var value =
        YamlReader.read(
                FILE,
                connector(),
                problem -> {
                  throw new AssertionError(problem.text());
                })
            .orElseThrow()
            .value();
    assertThat(SchemaFilesTest.objections(FILE, value)).isEmpty();
  }

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("  account: remit\n", "", "`account` is missing"),
        arguments("account: remit", "account: \"root;id\"", "an account's name"),
        arguments("account: remit", "account: remit\n  host: x", "unknown key `host`"),
        arguments("binding: [role, key]", "binding: [site]", "not among the attributes"),
        arguments("program: /usr/bin/sudo", "program: sudo", "absolute path"),
        arguments("program: /usr/bin/sudo", "program: /usr/../bin/sudo", "absolute path"),
        arguments("program: /usr/bin/sudo", "program: \"/usr/bin/sudo -n\"", "absolute path"),
        arguments("program: /usr/bin/sudo", "program: /bin/bash", "runs other programs"),
        arguments("program: /usr/bin/sudo", "program: /usr/bin/python3.11", "runs other programs"),
        arguments("program: /usr/bin/sudo", "program: /usr/bin/find", "runs other programs"),
        arguments("/usr/bin/systemctl, restart", "/bin/sh, -c", "runs other programs"),
        arguments("/usr/bin/systemctl, restart", "bash, -c", "runs other programs"),
        arguments("/usr/bin/systemctl, restart", "env", "runs other programs"),
        arguments("\"{unit}\"", "\"{unit\"", "one argument without control characters"),
        arguments("\"{unit}\"", "\"{nothing}\"", "no argument that a command may have"),
        arguments("\"{unit}\"", "\"{unit}\", \"{server}\"", "is not passed on"),
        arguments(
            "\"{unit}\"", "\"--tenant=harbor-dental\", \"{unit}\"", "names a tenant or a host"),
        arguments("\"{unit}\"", "\"--host\", web2, \"{unit}\"", "names a tenant or a host"),
        arguments("\"{unit}\"", "\"HOSTNAME=x\", \"{unit}\"", "names a tenant or a host"),
        arguments(", \"{unit}\"]", "]", "does not use `unit`"),
        arguments("required: [server, unit]", "required: [server]", "list it as required"),
        arguments(
            "          pattern: \"^[a-z0-9][a-z0-9@._-]{0,60}[.]service$\"\n",
            "",
            "with `pattern` or `enum`"),
        arguments("    targets:\n      server: server\n", "", "one host as its target"),
        arguments("      failed: [5]", "      failed: [0]", "means something already"),
        arguments("      failed: [5]", "      failed: [256]", "from 0 to 255"),
        arguments("      failed: [5]", "      failed: 5", "list of exit codes"),
        arguments("output: text", "output: yaml", "must be text or json"),
        arguments("output: text", "output: text\n    fields: [/a]", "needs `output: json`"),
        arguments("output: text", "output: text\n    shell: true", "unknown key `shell`"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aBrokenCatalogueIsRefused(String find, String replacement, String words) throws IOException {
    var text = connector();
    assertThat(text).contains(find);
    assertThat(Example.with(FILE, text.replace(find, replacement)))
        .extracting(Diagnostic::text)
        .anySatisfy(problem -> assertThat(problem).startsWith(FILE + ":").contains(words));
  }

  static Stream<String> names() {
    return Stream.of(
        "tenant",
        "tenantId",
        "tenant_id",
        "client",
        "customer-name",
        "company",
        "org",
        "orgId",
        "organisation",
        "host",
        "hostname",
        "remoteHost",
        "serverName",
        "ip",
        "ip_address",
        "fqdn",
        "device",
        "computer",
        "machine",
        "domain",
        "NODE");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aScriptThatNamesATenantOrAHostIsRefused(String name) throws IOException {
    assertThat(
            Example.with(
                FILE,
                connector()
                    .replace("        unit:\n", "        " + name + ":\n")
                    .replace("{unit}", "{" + name + "}")
                    .replace("[server, unit]", "[server, " + name + "]")))
        .extracting(Diagnostic::text)
        .anySatisfy(
            problem -> assertThat(problem).contains("`" + name + "` names a tenant or a host"));
  }
}
