package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The baseline names what may vary; a tenant has nothing otherwise that it does not name. */
class VariationsTest {
  private static final String TASK = "tasks/restart-service.yaml";
  private static final String TENANT = "tenants/harbor-dental.yaml";
  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final TenantId SUMMIT = new TenantId("summit-freight");
  private static final String VARY =
      """
      vary:
        - { limit: per-tenant, up-to: 40/h, down-to: 0/h }
        - { limit: calls, down-to: 2 }
        - { limit: seen-within, down-to: 10m }
        - { tools: remove }
        - { when: narrow }
        - { ask: add }
        - { ask: drop, rule: critical-host }
      """;

  private static Map<String, byte[]> files(String vary, String variations) throws IOException {
    var files = new TreeMap<>(Example.files());
    append(files, TASK, vary);
    append(files, TENANT, variations.isEmpty() ? "" : "variations:\n" + variations.indent(2));
    return files;
  }

  private static void append(Map<String, byte[]> files, String path, String text) {
    var before = new String(files.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    files.put(path, (before + text).getBytes(StandardCharsets.UTF_8));
  }

  /** The place of a line that was appended to a file of the example. */
  private static String after(String path, int line) throws IOException {
    var text = new String(Example.files().getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    return path + ":" + (text.lines().count() + line);
  }

  private static Release release(String vary, String variations) throws IOException {
    return switch (new Workspaces().load(files(vary, variations))) {
      case WorkspaceResult.Loaded(LoadedWorkspace workspace) -> workspace.release();
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  private static TaskClass of(Release release, TenantId tenant) {
    return release.taskClass("restart-service", tenant).orElseThrow();
  }

  @Test
  void whatATenantVariesIsItsAlone() throws IOException {
    var release =
        release(
            VARY,
            """
            restart-service:
              limits: { per-tenant: 40/h, calls: 2, seen-within: 30m }
              tools-without: [rmm_list_services]
              when: tenant.window.maintenance
              ask:
                - id: always
                  if: tool.effect > 0
                  from: [1 of tenant.approvers]
                  answer-within: 1h
                  use-within: 5m
              ask-without: [critical-host]
            """);
    var harbor = of(release, HARBOR);
    assertThat(harbor.limits().perTenantPerHour()).isEqualTo(40);
    assertThat(harbor.limits().calls()).isEqualTo(2);
    assertThat(harbor.limits().duration()).isEqualTo(Duration.ofMinutes(15));
    assertThat(harbor.seenWithin()).isEqualTo(Duration.ofMinutes(30));
    assertThat(harbor.tools()).doesNotContain("rmm_list_services").contains("rmm_get_device");
    assertThat(harbor.ask())
        .extracting(TaskClass.AskRule::id)
        .containsExactly("restart-service.harbor-dental.always");
    assertThat(of(release, SUMMIT).with(Map.of())).isEqualTo(of(release("", ""), SUMMIT));
  }

  @Test
  void zeroMeansZero() throws IOException {
    var release = release(VARY, "restart-service: { limits: { per-tenant: 0/h } }");
    assertThat(of(release, HARBOR).limits().perTenantPerHour()).isZero();
    assertThat(of(release, SUMMIT).limits().perTenantPerHour()).isEqualTo(20);
  }

  static Stream<Arguments> outside() {
    return Stream.of(
        arguments("limits: { per-tenant: 41/h }", "is not from 0/h to 40/h", 2),
        arguments("limits: { calls: 11 }", "`calls: 11` is not from 2 to 10", 3),
        arguments("limits: { calls: 0 }", "`calls: 0` is not from 2 to 10", 3),
        arguments("limits: { seen-within: 25h }", "is not from 10m to 1d", 4),
        arguments("limits: { duration: 20m }", "`duration` does not vary", 1),
        arguments("limits: { targets: 2 }", "`targets` does not vary", 1),
        arguments("tools-without: [rmm_reboot_device]", "is no tool of this class", 1),
        arguments("ask-without: [other]", "cannot be done without", 1));
  }

  @ParameterizedTest
  @MethodSource("outside")
  void aVariationOutsideIsRefusedWithBothLines(String part, String words, int offset)
      throws IOException {
    var problems = Example.problems(files(VARY, "restart-service:\n  " + part));
    var at = after(TENANT, 3);
    var baseline = after(TASK, offset);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().text())
        .startsWith(at + ": ")
        .contains(words)
        .endsWith("`restart-service` lets vary is in " + baseline);
  }

  static Stream<Arguments> anything() {
    return Stream.of(
        arguments("limits: { calls: 9 }"),
        arguments("tools-without: [rmm_list_services]"),
        arguments("when: tenant.window.support"),
        arguments("ask-without: [critical-host]"),
        arguments(
            "ask: [{ if: \"true\", from: [1 of tenant.approvers], answer-within: 1h,"
                + " use-within: 1h }]"));
  }

  @ParameterizedTest
  @MethodSource("anything")
  void withoutVaryNothingVaries(String part) throws IOException {
    assertThat(Example.problems(files("", "restart-service:\n  " + part)))
        .singleElement()
        .extracting(Diagnostic::text)
        .asString()
        .startsWith(after(TENANT, 3) + ": ")
        .contains("is in tasks/restart-service.yaml:");
    assertThat(Example.problems(files(VARY, "restart-service:\n  " + part))).isEmpty();
  }

  static Stream<Arguments> brokenVary() {
    return Stream.of(
        arguments("{ limit: calls }", "say how far"),
        arguments("{ limit: calls, up-to: 10 }", "is no room"),
        arguments("{ limit: calls, up-to: 5 }", "is no room"),
        arguments("{ limit: calls, down-to: 20 }", "is no room"),
        arguments("{ limit: calls, up-to: 20/h }", "a number from 0"),
        arguments("{ limit: duration, up-to: 0m }", "above zero"),
        arguments("{ limit: speed, up-to: 3 }", "must be calls"),
        arguments("{ tools: add }", "must be `remove`"),
        arguments("{ when: widen }", "must be `narrow`"),
        arguments("{ ask: drop, rule: gone }", "no rule of this class"),
        arguments("{ ask: drop }", "`rule` is missing"),
        arguments("{ ask: add, when: narrow }", "say one of"),
        arguments("{ }", "say one of"),
        arguments("{ ask: add, far: 3 }", "unknown key `far`"));
  }

  @ParameterizedTest
  @MethodSource("brokenVary")
  void varyThatSaysNothingClearIsRefused(String entry, String words) throws IOException {
    assertThat(Example.problems(files("vary: [" + entry + "]\n", "")))
        .anySatisfy(problem ->
            assertThat(problem.text()).startsWith(after(TASK, 1) + ": ").contains(words));
  }

  static Stream<Arguments> brokenVariations() {
    return Stream.of(
        arguments("gone: { limits: { calls: 2 } }", "no task class is named `gone`"),
        arguments("restart-service: { }", "varies nothing"),
        arguments("restart-service: { limits: { } }", "is empty"),
        arguments("restart-service: { limits: { calls: -1 } }", "a number from 0"),
        arguments("restart-service: { limits: { calls: lots } }", "a number from 0"),
        arguments("restart-service: { limits: { per-tenant: 5 } }", "a rate such as"),
        arguments("restart-service: { limits: { speed: 5 } }", "unknown key `speed`"),
        arguments("restart-service: { risk: high }", "unknown key `risk`"),
        arguments("restart-service: { when: tenant.window.siesta }", "no tenant has a window"),
        arguments("restart-service: { when: \"resource.colour == 1\" }", "colour"),
        arguments("restart-service: { when: \"true) } unless { (true\" }", "was not opened"));
  }

  @ParameterizedTest
  @MethodSource("brokenVariations")
  void aVariationThatIsNoneIsRefusedInTheTenantsFile(String variations, String words)
      throws IOException {
    assertThat(Example.problems(files(VARY, variations)))
        .anySatisfy(problem -> assertThat(problem.text()).startsWith(TENANT + ":").contains(words));
  }

  @Test
  void aRuleMaySayThatAnExceptionLiftsIt() throws IOException {
    var files = new TreeMap<>(Example.files());
    var text = new String(files.get(TASK), StandardCharsets.UTF_8);
    files.put(
        TASK,
        text.replace(
                "    use-within: 10m\n", "    use-within: 10m\n    exception: { at-most: 30d }\n")
            .getBytes(StandardCharsets.UTF_8));
    assertThat(new Workspaces().load(files))
        .isInstanceOfSatisfying(
            WorkspaceResult.Loaded.class,
            loaded ->
                assertThat(loaded.workspace().policies().exceptions())
                    .containsExactly(
                        Map.entry("restart-service.critical-host", Duration.ofDays(30))));
  }

  @Test
  void thePublishedSchemasKnowVariations() throws IOException {
    var files =
        files(
            VARY,
            "restart-service: { limits: { per-tenant: 40/h, calls: 2 }, when: tenant.window.support,"
                + " ask-without: [critical-host], tools-without: [rmm_list_services] }");
    for (var path : new String[] {TASK, TENANT}) {
      var value =
          YamlReader.read(
                  path,
                  new String(files.get(path), StandardCharsets.UTF_8),
                  problem -> {
                    throw new AssertionError(problem.text());
                  })
              .orElseThrow()
              .value();
      assertThat(SchemaFilesTest.objections(path, value)).as(path).isEmpty();
      assertThat(
              SchemaFilesTest.objections(
                  path, value.with("vary", Value.of("all")).with("variations", Value.of("all"))))
          .as(path + CanonicalJson.text(value).length())
          .isNotEmpty();
    }
  }
}
