package dev.remit.workspace;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.workspace.Names.Kind;
import dev.remit.workspace.scenario.Given;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a case supposes: {@code given}. Whatever it leaves out is as in an ordinary, open task. */
final class SuppositionReader {
  private static final Form AGENT =
      new Form("class/tenant/environment/family", "x/x/production/observe", parses(AgentId::parse));
  private static final Form INSTANT =
      new Form(
          "a moment such as 2026-01-05T12:00:00Z", "2026-01-05T12:00:00Z", parses(Instant::parse));
  private static final Form LEVEL = Form.oneOf("propose", "supervised", "bounded");
  private static final Form ENVIRONMENT = Form.oneOf("production", "staging", "test");
  private static final Form STATE =
      Form.oneOf("open", "held", "done", "failed", "expired", "killed", "taken-over");
  private static final Form TRUTH = Form.oneOf("vendor-enforced", "broker-enforced", "none");
  private static final Form NAME = Form.matching("a name", "x", "[A-Za-z0-9._-]{1,120}");
  private static final Form REF =
      Form.matching(
          "connector/kind/id",
          "x/x/x",
          "[a-z][a-z0-9]{0,30}/[a-z][a-z0-9-]{0,30}/[^\\p{Cntrl}]{0,128}");

  private static final Given.Before NEVER = new Given.Before(0, Duration.ZERO);

  private final Section given;
  private final Names names;
  private final AgentId agent;

  SuppositionReader(Section given, Names names) {
    this.given = given;
    this.names = names;
    this.agent = agent(given, "agent");
  }

  Given read() {
    var records = records(given);
    var supposed =
        new Given(
            agent,
            given.flag("bound", true),
            given.optionalText("autonomy", LEVEL).flatMap(AutonomyLevel::of),
            given
                .optionalText("at", INSTANT)
                .map(Instant::parse)
                .orElse(Instant.parse("2026-01-05T17:00:00Z")),
            task(given.section("task"), records),
            ticket(),
            given.optionalText("scope-truth", TRUTH).map(ScopeTruth::parse),
            windows(),
            texts(given, "changed-tools"),
            records,
            given.optionalSection("approved").map(this::approved),
            given.optionalSection("before").map(SuppositionReader::before).orElse(NEVER));
    given.close();
    return supposed;
  }

  private AgentId agent(Section of, String name) {
    var found = AgentId.parse(of.text(name, AGENT));
    if (of.has(name)) {
      names.refer(Kind.AGENT, found.agentClass().value(), of.origin(name));
      names.refer(Kind.TENANT, found.tenant().value(), of.origin(name));
    }
    return found;
  }

  private Given.OfTask task(Section task, Map<TargetRef, Given.OfRecord> records) {
    var taskClass = task.text("class", Form.SLUG);
    if (task.has("class")) {
      names.refer(Kind.TASK_CLASS, taskClass, task.origin("class"));
    }
    var owner = task.has("agent") ? agent(task, "agent") : agent;
    var orchestrator = task.optionalText("opened-by", Form.SLUG);
    orchestrator.ifPresent(name -> names.refer(Kind.ORCHESTRATOR, name, task.origin("opened-by")));
    var targets = task.optionalTexts("targets", REF).stream().map(Section.Located::text).toList();
    var supposed =
        new Given.OfTask(
            taskClass,
            owner,
            task.optionalText("environment", ENVIRONMENT)
                .map(Environment::parse)
                .orElse(owner.environment()),
            task.optionalText("state", STATE)
                .map(text -> Task.State.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(Task.State.OPEN),
            age(task, "age"),
            task.flag("read-untrusted", false),
            texts(task, "tools"),
            task.has("targets")
                ? targets.stream().map(SuppositionReader::ref).collect(Collectors.toSet())
                : records.keySet(),
            orchestrator.map(OrchestratorId::new),
            task.optionalSections("handed-on-by").stream().map(this::above).toList());
    task.close();
    return supposed;
  }

  private Given.Above above(Section one) {
    var taskClass = one.text("class", Form.SLUG);
    names.refer(Kind.TASK_CLASS, taskClass, one.origin("class"));
    var above = new Given.Above(agent(one, "agent"), taskClass, one.flag("bound", true));
    one.close();
    return above;
  }

  private Given.OfTicket ticket() {
    var ticket = given.optionalSection("ticket");
    if (ticket.isEmpty()) {
      return new Given.OfTicket(true, true, agent.tenant());
    }
    var one = ticket.get();
    var tenant = one.optionalText("tenant", Form.SLUG);
    tenant.ifPresent(name -> names.refer(Kind.TENANT, name, one.origin("tenant")));
    var supposed =
        new Given.OfTicket(
            one.optionalText("from", Form.oneOf("person", "machine"))
                .filter("machine"::equals)
                .isEmpty(),
            one.optionalText("state", Form.oneOf("open", "closed"))
                .filter("closed"::equals)
                .isEmpty(),
            tenant.map(TenantId::new).orElse(agent.tenant()));
    one.close();
    return supposed;
  }

  private static Given.Before before(Section before) {
    var supposed = new Given.Before(before.positive("calls", 1_000_000), age(before, "ago"));
    before.close();
    return supposed;
  }

  private Map<String, Boolean> windows() {
    var windows = new LinkedHashMap<String, Boolean>();
    given
        .optionalSection("windows")
        .ifPresent(all ->
            all.eachText(Form.WINDOW, Form.oneOf("open", "shut"))
                .forEach((name, state) -> windows.put(name, state.equals("open"))));
    return windows;
  }

  private Given.Approved approved(Section approved) {
    var rules =
        approved.texts("rules", NAME).stream()
            .map(Section.Located::text)
            .collect(Collectors.toSet());
    var arguments = approved.section("arguments").value();
    var records = records(approved);
    approved.close();
    return new Given.Approved(rules, arguments, records);
  }

  private Map<TargetRef, Given.OfRecord> records(Section of) {
    var records = new LinkedHashMap<TargetRef, Given.OfRecord>();
    of.optionalNamed("records", REF)
        .forEach((name, one) -> records.put(ref(name), record(name, one)));
    return records;
  }

  private Given.OfRecord record(String name, Section one) {
    var parts = name.split("/", 3);
    names.refer(Kind.CONNECTOR, parts[0], one.origin());
    names.refer(Kind.TARGET_KIND, parts[1], one.origin());
    var tenants =
        one.has("tenants")
            ? one.texts("tenants", Form.SLUG)
            : one.has("tenant")
                ? List.of(new Section.Located(one.text("tenant", Form.SLUG), one.origin("tenant")))
                : List.<Section.Located>of();
    tenants.forEach(tenant -> names.refer(Kind.TENANT, tenant.text(), tenant.origin()));
    var attributes = one.optionalSection("attributes").map(Section::value).orElse(Value.Obj.EMPTY);
    var supposed =
        new Given.OfRecord(
            tenants.isEmpty()
                ? List.of(agent.tenant())
                : tenants.stream().map(tenant -> new TenantId(tenant.text())).toList(),
            age(one, "seen"),
            attributes);
    one.close();
    return supposed;
  }

  private static Duration age(Section of, String name) {
    return of.has(name) ? of.duration(name) : Duration.ofSeconds(1);
  }

  private static Set<String> texts(Section of, String name) {
    return of.optionalTexts(name, NAME).stream()
        .map(Section.Located::text)
        .collect(Collectors.toSet());
  }

  private static TargetRef ref(String text) {
    var parts = text.split("/", 3);
    return new TargetRef(new ConnectorId(parts[0]), parts[1], parts[2]);
  }

  private interface Parser {
    Object parse(String text);
  }

  private static Predicate<String> parses(Parser parser) {
    return text -> {
      try {
        parser.parse(text);
        return true;
      } catch (InvalidValueException | DateTimeParseException e) {
        return false;
      }
    };
  }
}
