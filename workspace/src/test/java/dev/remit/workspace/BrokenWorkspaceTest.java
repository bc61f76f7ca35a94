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

class BrokenWorkspaceTest {
  private static final String REMIT = "remit.yaml";
  private static final String MODEL = "cb69481e-8ff7-4039-93ec-0a2729a154a8";
  private static final String HARBOR = "tenants/harbor-dental.yaml";
  private static final String RMM = "connectors/rmm.yaml";
  private static final String ASSETS = "connectors/assets.yaml";
  private static final String DESK = "agents/service-desk.yaml";
  private static final String RESTART = "tasks/restart-service.yaml";
  private static final String READ = "tasks/read-device-health.yaml";

  private static final String IDS =
      """
        rmm: "1"
        assets: "1"
        psa: "1"
        monitoring: "1"
        directory: harbor-dental\
      """;

  private static Arguments ours(String group, String after, int line, String words) {
    String standIn = "\n      stand-in:\n        group: " + group + "\n        after: " + after;
    String functions = "functions: [approve]";
    return arguments(REMIT, functions, functions + standIn, line, words);
  }

  private static Arguments theirs(String standIn, String words) {
    String group = "group: it-approvers";
    return arguments(HARBOR, group, group + "\n  stand-in:\n    " + standIn, 9, words);
  }

  static Stream<Arguments> standIns() {
    return Stream.of(
        ours("service-managers", "10m", 21, "does not hold `approve`"),
        ours("senior-technicians", "10m", 21, "cannot stand in for itself"),
        ours("nobody", "10m", 21, "no group is named `nobody`"),
        ours("harbor-dental", "10m", 21, "no group is named"),
        ours("service-managers", "0m", 22, "above zero"),
        theirs("issuer: staff\n    group: deputies\n    after: 10m", "is of the same client"),
        theirs("group: it-approvers\n    after: 10m", "cannot stand in for itself"));
  }

  static Stream<Arguments> organisations() {
    return Stream.of(
        arguments(REMIT, "owner: service-managers", "owner: nobody", 3, "no person or group"),
        arguments(REMIT, "owner: service-managers\n", "", 2, "`owner` is missing"),
        arguments(REMIT, "organisation:", "organization:", 2, "`organisation` is missing"),
        arguments(REMIT, "organisation:", "organization:", 2, "unknown key `organization`"),
        arguments(REMIT, "workloads: [lab]", "workloads: []", 7, "`workloads` is empty"),
        arguments(REMIT, "functions: [approve]", "functions: [rule]", 19, "must be approve"),
        arguments(REMIT, "connector: rmm", "connector: crm", 34, "no connector is named `crm`"),
        arguments(REMIT, "subject: dispatcher", "subject: [a]", 40, "must be the subject"),
        arguments(REMIT, "restart-service, scan", "restart, scan", 41, "no task class"),
        arguments(REMIT, "msp.senior-technicians", "msp.seniors", 48, "no group is named"),
        arguments(REMIT, "answer-within: 30m", "answer-within: 0m", 49, "above zero"),
        arguments(REMIT, "low-share: 10%", "low-share: 110%", 66, "a share such as 10%"),
        arguments(REMIT, "certify-within: 3d", "certify-within: 0d", 67, "above zero"),
        arguments(REMIT, "demote-after: 1d", "demote-on: never", 68, "unknown key"),
        arguments(REMIT, "tickets:\n", "keys: {}\ntickets:\n", 33, "`aaguids` is missing"),
        arguments(REMIT, "tickets:\n", "keys: {aaguids: []}\ntickets:\n", 33, "is empty"),
        arguments(REMIT, "tickets:\n", "keys: {aaguids: [BLUE]}\ntickets:\n", 33, "an aaguid"),
        arguments(
            REMIT,
            "tickets:\n",
            "keys: {clients: {nobody: {aaguids: [" + MODEL + "]}}}\ntickets:\n",
            33,
            "no tenant is named `nobody`"),
        arguments(REMIT, "    use-within: 10m\n", "", 48, "`use-within` is missing"));
  }

  static Stream<Arguments> tenants() {
    return Stream.of(
        arguments(HARBOR, "tenant: harbor-dental", "tenant: harbor", 2, "names must agree"),
        arguments(HARBOR, IDS, "  {}", 8, "`external-ids` is empty"),
        arguments(HARBOR, "rmm: \"1\"", "rmm: 1", 9, "put `1` in quotes"),
        arguments(HARBOR, "rmm: \"1\"", "crm: \"1\"", 9, "no connector is named `crm`"),
        arguments(HARBOR, "issuer: harbor-dental", "issuer: staff", 6, "already vouches"),
        arguments(HARBOR, "issuer: harbor-dental", "issuer: nobody", 6, "no issuer of people"),
        arguments(HARBOR, "days: [sun]", "days: []", 22, "`days` is empty"),
        arguments(HARBOR, "days: [sun]", "days: [sunday]", 22, "must be mon, tue"),
        arguments(HARBOR, "to: \"06:00\"", "to: \"01:00\"", 24, "ends before it begins"),
        arguments(HARBOR, "zone: America/Los_Angeles", "zone: Mars/Base", 20, "no time zone"),
        arguments(HARBOR, "name: maintenance", "name: support", 21, "there twice"),
        arguments(
            "tenants/summit-freight.yaml", "rmm: \"3\"", "rmm: \"1\"", 8, "already belongs to"));
  }

  static Stream<Arguments> connectors() {
    return Stream.of(
        arguments(RMM, "kind: http", "kind: telnet", 4, "must be http, postgres, mcp"),
        arguments(RMM, "scope-truth: broker-enforced", "scope-truth: trust-me", 7, "must be"),
        arguments(RMM, "life: 60s", "life: 0s", 12, "above zero"),
        arguments(RMM, "read: [monitoring]", "read: []", 14, "`read` is empty"),
        arguments(RMM, "    owner: /organizationId\n", "", 20, "`owner` is missing"),
        arguments(RMM, "binding: [role,", "binding: [colour,", 36, "not among the attributes"),
        arguments(RMM, "effect: observe", "effect: harmless", 82, "must be observe, low"),
        arguments(RMM, "effect: observe", "effect: low", 80, "an effect is read back"),
        arguments(RMM, "required: [device]\n", "\n", 92, "so `required` must list it"),
        arguments(RMM, "device: device", "host: device", 92, "not among the arguments"),
        arguments(RMM, "device: device", "device: printer", 92, "no kind of target"),
        arguments(RMM, "device/{device}\n    fields", "device/{host}\n    fields", 98, "`{host}`"),
        arguments(RMM, "owner: /clientId\n    timeout", "timeout", 176, "needs `owner`"),
        arguments(RMM, "equals: RUNNING", "equal: RUNNING", 217, "unknown key `equal`"),
        arguments(RMM, "completion: job", "completion: answer", 242, "needs `completion: job`"),
        arguments(RMM, "done: [COMPLETED]", "done: []", 249, "`done` is empty"),
        arguments(ASSETS, "roles: [catalog_reader,", "roles: [\"a; drop\",", 16, "must be a role"),
        arguments(ASSETS, "< cast(:before as", "< cast(:day as", 51, "`:day` is not among"),
        arguments(ASSETS, "select asset_tag,", "delete from x where", 51, "must be one select"),
        arguments(ASSETS, "rows: 200", "rows: 0", 56, "a number from 1 to 10000"),
        arguments(ASSETS, "\"\": business", "\"\": secret", 50, "must be operational"),
        arguments(ASSETS, "\"\": business", "x: business", 50, "must be a json pointer"),
        arguments(ASSETS, "effect: observe", "effect: high", 31, "a query only observes"));
  }

  static Stream<Arguments> agentsAndTasks() {
    return Stream.of(
        arguments(DESK, "autonomy: supervised", "autonomy: full", 6, "must be propose"),
        arguments(DESK, "up-to: bounded", "up-to: full", 7, "must be propose"),
        arguments(DESK, "up-to: bounded", "up-to: propose", 7, "above the `propose`"),
        arguments(
            DESK, "-up-to: bounded", "-in:\n  x: { start: propose }", 8, "none of this agent"),
        arguments(DESK, "task-classes: [read-device-health,", "task-classes: [gone,", 8, "no task"),
        arguments(DESK, "tenant: harbor-dental", "tenant: harbor", 14, "no tenant is named"),
        arguments(DESK, "family: observe", "family: change", 17, "already has an identity"),
        arguments(
            DESK,
            "subject: service-desk.harbor-dental.production.change",
            "subject: service-desk.harbor-dental.production.observe",
            18,
            "never shared"),
        arguments(DESK, "issuer: lab", "issuer: elsewhere", 12, "no issuer of workloads"),
        arguments(READ, "risk: observe", "risk: none", 5, "must be observe"),
        arguments(RESTART, "risk: low", "risk: observe", 6, "above the risk `observe`"),
        arguments(RESTART, "rmm_list_services, ", "rmm_list_sevices, ", 6, "no tool is named"),
        arguments(
            RESTART,
            "tools: [rmm_get_device, rmm_list_services, rmm_restart_service]",
            "tools: []",
            6,
            "`tools` is empty"),
        arguments(RESTART, "kind: device", "kind: collection", 6, "acts on the kind `device`"),
        arguments(RESTART, "at-most: 1", "at-most: 0", 7, "a number from 1 to 100"),
        arguments(RESTART, "seen-within: 24h", "seen-within: soon", 7, "must be a duration"),
        arguments(RESTART, "calls: 10, ", "", 8, "`calls` is missing"),
        arguments(RESTART, "calls: 10", "calls: 0", 8, "a number from 1"),
        arguments(RESTART, "per-tenant: 20/h", "per-tenant: 0/h", 8, "must be a rate"),
        arguments(RESTART, "per-target: 1/30m", "per-target: 1", 8, "must be a rate"),
        arguments(RESTART, "per-target: 1/30m", "per-target: -1/h", 8, "must be a rate"),
        arguments(RESTART, "per-target: 1/30m", "per-target: 1/9999d", 8, "longer than a year"),
        arguments(RESTART, "per-target: 1/30m", "per-device: 1/h", 8, "unknown key `per-device`"),
        arguments(RESTART, "{ rmm_restart_service:", "{ rmm_restart:", 8, "no tool is named"),
        arguments(RESTART, "window.support", "window.siesta", 9, "no tenant has a window `siesta`"),
        arguments(RESTART, "window.support", "window.support &&", 9, "does not parse"),
        arguments(RESTART, "(resource.role)'", "(resource.rule)'", 12, "attribute `rule`"),
        arguments(RESTART, "1 of tenant.approvers", "0 of tenant.approvers", 13, "such as"),
        arguments(RESTART, "1 of tenant.approvers", "1 of tenant.boss", 13, "such as"),
        arguments(RESTART, "ground: ticket", "ground: prompt", 16, "must be `ticket`"),
        arguments(RESTART, "ASI02", "ASI99", 17, "no identifier of owasp-asi-2026"),
        arguments(RESTART, "nist-csf-2.0/", "iso-9000/", 17, "names no framework"),
        arguments(RESTART, "why:", "whY:", 3, "unknown key `whY`"));
  }

  static Stream<Arguments> yaml() {
    return Stream.of(
        arguments(RESTART, "risk: low", "risk: &r low", 5, "anchors and aliases"),
        arguments(RESTART, "risk: low", "risk: *low", 5, "anchors and aliases"),
        arguments(RESTART, "risk: low", "risk: !!str low", 5, "tags are refused"),
        arguments(RESTART, "risk: low", "risk:\tlow", 5, "a tab"),
        arguments(RESTART, "risk: low", "risk: low\nrisk: high", 6, "`risk` is there twice"),
        arguments(RESTART, "risk: low", "risk: low\n---\nx: 1", 6, "one document per file"),
        arguments(RESTART, "risk: low", "risk: l\u202eow", 5, "hidden character U+202E"),
        arguments(RESTART, "risk: low", "risk: {low", 6, "not valid yaml"),
        arguments(RESTART, "risk: low", "? [a]\n: low", 5, "a name must be plain text"),
        arguments("policies/guardrails.cedar", "resource.role ==", "resource.rol ==", 7, "rol"),
        arguments(
            "policies/guardrails.cedar",
            "forbid (principal, action == Action::\"scripts_run_text\"",
            "permit (principal, action == Action::\"scripts_run_text\"",
            4,
            "only forbids"),
        arguments(
            "policies/tenants/northwind-legal.cedar",
            "Tenant::\"northwind-legal\"",
            "Tenant::\"summit-freight\"",
            2,
            "names it in its head"));
  }

  @ParameterizedTest
  @MethodSource({"organisations", "standIns", "tenants", "connectors", "agentsAndTasks", "yaml"})
  void aBrokenWorkspaceIsRefusedWithFileAndLine(
      String file, String find, String replacement, int line, String words) throws IOException {
    assertThat(Example.changed(file, find, replacement))
        .extracting(Diagnostic::text)
        .anySatisfy(text -> assertThat(text).startsWith(file + ":" + line + ": ").contains(words));
  }

  @Test
  void missingFilesAreMissed() throws IOException {
    assertThat(Example.without(REMIT))
        .extracting(Diagnostic::text)
        .contains("remit.yaml: the file is missing; a workspace begins with it");
    assertThat(Example.without(RESTART))
        .extracting(Diagnostic::text)
        .contains(
            "agents/service-desk.yaml:8: no task class is named `restart-service`; "
                + "add tasks/restart-service.yaml");
    assertThat(Example.without(HARBOR)).isNotEmpty();
    assertThat(Example.without(RMM)).isNotEmpty();
  }

  @Test
  void aFileThatNothingReadsIsAnError() throws IOException {
    for (String path :
        new String[] {
          "controls/x.yaml", "tenants/deep/x.yaml", "notes.yaml", "run.sh", "Tenants/x.yaml",
          "policies/x.yaml", "tasks/x.cedar", "../x.yaml", "/etc/x.yaml", "tenants/../remit.yaml"
        }) {
      assertThat(Example.with(path, "a: 1\n")).as(path).isNotEmpty();
    }
  }

  @Test
  void diagnosticsAreSortedByPlace() throws IOException {
    var problems = Example.with(RESTART, "task: restart-service\nrisk: none\nwhen: 3\n");
    assertThat(problems).isSorted().hasSizeGreaterThan(6);
  }

  @Test
  void aReferenceOutsideTheCatalogueIsAnErrorWhenThereIsOne() throws IOException {
    var strict = new Workspaces(java.util.Optional.of(java.util.Set.of("nist-csf-2.0/PR.AA-05")));
    assertThat(strict.load(Example.files()))
        .isInstanceOfSatisfying(
            WorkspaceResult.Refused.class,
            refused ->
                assertThat(refused.text())
                    .contains(
                        "tasks/query-assets.yaml:10: `nist-csf-2.0/ID.AM-02` is in no catalogue"));
  }
}
