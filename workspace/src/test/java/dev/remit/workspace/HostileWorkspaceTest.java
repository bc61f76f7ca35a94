package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileWorkspaceTest {
  private static final String RMM = "connectors/rmm.yaml";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://attacker.example",
        "attacker.example",
        "10.0.0.1",
        "127.0.0.1:22",
        "/etc/passwd",
        "../secrets",
        "\"rmm; rm -rf /\"",
        "$(id)",
        "file:///etc/passwd",
        "RMM",
        "\"\"",
        "[rmm]",
        "{url: x}",
      })
  void hostileCase26AnEndpointIsAPlainNameAndNothingElse(String endpoint) throws IOException {
    assertThat(Example.changed(RMM, "endpoint: rmm", "endpoint: " + endpoint))
        .extracting(Diagnostic::text)
        .anySatisfy(
            text -> assertThat(text).startsWith("connectors/rmm.yaml:8: `endpoint` must be"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://issuer.example", "issuer.example", "lab/../other", "LAB", "\"lab \""})
  void hostileCase26AnIssuerIsAPlainNameOfTheServersList(String issuer) throws IOException {
    assertThat(
            Example.changed(
                "remit.yaml", "workloads: [lab]", "workloads: [lab, " + quoted(issuer) + "]"))
        .isNotEmpty();
    assertThat(
            Example.changed("agents/service-desk.yaml", "issuer: lab", "issuer: " + quoted(issuer)))
        .isNotEmpty();
  }

  private static String quoted(String text) {
    return text.startsWith("\"") ? text : "\"" + text + "\"";
  }

  static Stream<Arguments> smuggled() {
    return Stream.of(
        arguments("endpoint: rmm", "endpoint: rmm\nurl: https://attacker.example"),
        arguments("endpoint: rmm", "endpoint: rmm\ncommand: [sh, -c, id]"),
        arguments("endpoint: rmm", "endpoint: rmm\nenv: { PATH: /tmp }"),
        arguments(
            "kind: oauth-client", "kind: oauth-client\n  token-url: https://attacker.example"),
        arguments("kind: oauth-client", "kind: oauth-client\n  secret: abc"),
        arguments("path: /v2/device/{id}", "path: https://attacker.example/{id}"),
        arguments("path: /v2/device/{id}", "path: //attacker.example/{id}"),
        arguments("path: /v2/device/{id}", "path: /v2/../ws/{id}"),
        arguments("path: /v2/device/{id}", "path: /v2/%2e%2e/{id}"),
        arguments("path: /v2/device/{id}", "path: /v2/device-{id}"),
        arguments("path: /v2/device/{id}", "path: \"/v2/device/{id}?a=b\""),
        arguments("path: /v2/device/{id}", "path: \"/v2\\\\device/{id}\""),
        arguments("path: /v2/device/{id}", "path: \"/v2/device/{id}#x\""),
        arguments("path: /v2/device/{id}", "path: \"@attacker.example/{id}\""),
        arguments("method: POST", "method: TRACE"),
        arguments("method: POST", "method: POST\n      headers: { Authorization: x }"),
        arguments("method: POST", "method: POST\n      host: attacker.example"));
  }

  @ParameterizedTest
  @MethodSource("smuggled")
  void hostileCase26NoAddressCommandOrSecretComesInThroughTheFolder(String find, String replacement)
      throws IOException {
    assertThat(Example.changed(RMM, find, replacement)).extracting(Diagnostic::file).contains(RMM);
  }

  @Test
  void hostileCase26AnUpstreamServerCannotBeStartedFromTheFolder() throws IOException {
    var upstream =
        """
        connector: notes
        system: notes
        kind: mcp
        owner: platform-engineers
        scope-truth: none
        endpoint: notes
        command: npx
        operations:
          search:
            title: Search
            description: Search notes.
            effect: observe
            arguments: { type: object, properties: {} }
            timeout: 3s
            tool: search
            pin: sha256:0123456789012345678901234567890123456789012345678901234567890123
        """;
    assertThat(Example.with("connectors/notes.yaml", upstream))
        .extracting(Diagnostic::text)
        .containsExactly("connectors/notes.yaml:7: unknown key `command`; remove it");
    assertThat(Example.with("connectors/notes.yaml", upstream.replace("command: npx\n", "")))
        .isEmpty();
    assertThat(
            Example.with(
                "connectors/notes.yaml",
                upstream.replace("command: npx\n", "").replaceAll(" +pin: .*\n", "")))
        .extracting(Diagnostic::message)
        .containsExactly("`pin` is missing; add sha256: and 64 hexadecimal digits");
  }

  @Test
  void hostileCase26ASymbolicLinkIsNotFollowed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Path workspace = Files.createDirectory(folder.resolve("w"));
    Files.createSymbolicLink(workspace.resolve("remit.yaml"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(workspace.resolve("tenants"), folder);
    assertThat(new Workspaces().read(workspace))
        .isInstanceOfSatisfying(
            WorkspaceResult.Refused.class,
            refused ->
                assertThat(refused.text())
                    .isEqualTo(
                        """
                        remit.yaml: a symbolic link; put the file itself here
                        tenants: a symbolic link; put the file itself here\
                        """));
  }

  @Test
  void whatBeginsWithADotIsNoPartOfIt(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/config"), "x");
    var problems = new ArrayList<Diagnostic>();
    assertThat(WorkspaceFolder.read(folder, problems).files()).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void largeDeepAndManyPartedFilesAreRefused() throws IOException {
    assertThat(Example.with("tasks/big.yaml", "# " + "x".repeat(300_000)))
        .extracting(Diagnostic::message)
        .contains("larger than 262144 bytes; split it");
    assertThat(Example.with("tasks/deep.yaml", "a: " + "[".repeat(60) + "]".repeat(60)))
        .extracting(Diagnostic::text)
        .contains("tasks/deep.yaml:1: nested too deep");
    assertThat(Example.with("tasks/wide.yaml", "a: [" + "1,".repeat(30_000) + "1]"))
        .extracting(Diagnostic::message)
        .contains("the file has too many parts; split it");
  }

  @Test
  void aBombOfAliasesIsRefusedAtItsFirstAnchor() throws IOException {
    var bomb = new StringBuilder("a: &a [x, x]\n");
    for (char c = 'b'; c < 'j'; c++) {
      bomb.append(c).append(": &").append(c).append(" [*").append((char) (c - 1)).append("]\n");
    }
    assertThat(Example.with("tasks/bomb.yaml", bomb.toString()))
        .extracting(Diagnostic::text)
        .contains("tasks/bomb.yaml:1: anchors and aliases are refused; write the value out");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    var files = new TreeMap<>(Example.files());
    files.put("tasks/x.yaml", new byte[] {(byte) 0xc3, 0x28});
    assertThat(Example.problems(files))
        .extracting(Diagnostic::text)
        .containsExactly("tasks/x.yaml: not valid utf-8");
    files.put("tasks/x.yaml", "\ufeffa: 1".getBytes(StandardCharsets.UTF_8));
    assertThat(Example.problems(files))
        .extracting(Diagnostic::text)
        .containsExactly("tasks/x.yaml:1: hidden character U+FEFF; remove it");
    files.put("tasks/x.yaml", new byte[0]);
    assertThat(Example.problems(files))
        .extracting(Diagnostic::text)
        .containsExactly("tasks/x.yaml:1: the file is empty");
  }

  @Test
  void aFolderThatIsNotThereIsAProblemAndNoCrash(@TempDir Path folder) {
    assertThat(new Workspaces().read(folder.resolve("gone")))
        .isInstanceOf(WorkspaceResult.Refused.class);
    assertThat(new Workspaces().read(folder)).isInstanceOf(WorkspaceResult.Refused.class);
  }
}
