package dev.remit.workspace;

import dev.remit.core.task.Limit;
import dev.remit.core.task.Limit.Counted;
import dev.remit.core.task.Limit.Scope;
import dev.remit.core.task.TaskClass.Limits;
import dev.remit.core.value.Value;
import dev.remit.workspace.Names.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Limits as files write them: {@code per-SCOPE: 20/h}, for different targets and tenants under
 * {@code targets} and {@code tenants}, for effects alone under {@code effects}, for one tool under
 * {@code tools}.
 */
final class LimitReader {
  private static final String RATE_PATTERN = "(0|[1-9][0-9]{0,5})/([1-9][0-9]{0,3})?(s|m|h|d)";
  private static final Form RATE =
      Form.matching("a rate such as 20/h, 1/30m or 0/d", "1/h", RATE_PATTERN);
  private static final Form REQUIRED_RATE =
      Form.matching(
          "a rate such as 20/h or 200/d", "1/h", "[1-9][0-9]{0,5}/([1-9][0-9]{0,3})?[smhd]");
  private static final Form TOOL =
      Form.matching("the name of a tool", "x_x", "[a-z][a-z0-9]*_[a-z0-9_]{1,80}");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final Map<String, Scope> CALLS = new LinkedHashMap<>();
  private static final Map<String, Scope> TARGETS = new LinkedHashMap<>();
  private static final Map<String, Scope> TENANTS =
      Map.of("per-agent-class", Scope.AGENT_CLASS, "fleet", Scope.FLEET);

  static {
    CALLS.put("per-task", Scope.TASK);
    CALLS.put("per-ticket", Scope.TICKET);
    CALLS.put("per-agent", Scope.AGENT);
    CALLS.put("per-agent-class", Scope.AGENT_CLASS);
    CALLS.put("per-tenant", Scope.TENANT);
    CALLS.put("fleet", Scope.FLEET);
    TARGETS.putAll(CALLS);
    CALLS.put("per-target", Scope.TARGET);
  }

  private final Names names;
  private final String over;
  private final List<Limit> limits = new ArrayList<>();

  /** What is counted of which calls. */
  private record About(Counted counted, Optional<String> tool, boolean isOfEffects) {
    About of(Counted other) {
      return new About(other, tool, isOfEffects);
    }
  }

  private LimitReader(Names names, String over) {
    this.names = names;
    this.over = over;
  }

  /** Those of a task class: calls, duration and a rate per tenant are required. */
  static Limits ofClass(Section section, String name, Names names) {
    int calls = section.positive("calls", 1_000_000);
    var duration = section.duration("duration");
    var perTenant = section.text("per-tenant", REQUIRED_RATE);
    var window = window(perTenant);
    var reader = new LimitReader(names, "class:" + name);
    boolean isHourly = window.equals(HOUR);
    reader.read(section, isHourly ? List.of("per-tenant") : List.of());
    section.close();
    return new Limits(
        calls, duration, isHourly ? number(perTenant) : Integer.MAX_VALUE, reader.limits);
  }

  /** Those of the installation, over all task classes. */
  static List<Limit> ofInstallation(Section section, Names names) {
    var reader = new LimitReader(names, "all");
    reader.read(section, List.of());
    section.close();
    return reader.limits;
  }

  private void read(Section section, List<String> besides) {
    scoped(section, new About(Counted.CALLS, Optional.empty(), false), besides);
    section
        .optionalSection("effects")
        .ifPresent(effects -> {
          scoped(effects, new About(Counted.CALLS, Optional.empty(), true), List.of());
          effects.close();
        });
    section
        .optionalNamed("tools", TOOL)
        .forEach((tool, one) -> {
          names.refer(Kind.TOOL, tool, one.origin());
          scoped(one, new About(Counted.CALLS, Optional.of(tool), false), List.of());
          one.close();
        });
  }

  private void scoped(Section section, About about, List<String> besides) {
    var calls = new LinkedHashMap<>(CALLS);
    calls.keySet().removeAll(besides);
    counted(section, about, calls);
    section
        .optionalSection("targets")
        .ifPresent(targets -> {
          counted(targets, about.of(Counted.TARGETS), TARGETS);
          targets.close();
        });
    section
        .optionalSection("tenants")
        .ifPresent(tenants -> {
          counted(tenants, about.of(Counted.TENANTS), TENANTS);
          tenants.close();
        });
  }

  private void counted(Section section, About about, Map<String, Scope> scopes) {
    scopes.forEach((key, scope) -> {
      if (!section.has(key)) {
        return;
      }
      boolean mayBeForEver = scope == Scope.TASK || scope == Scope.TICKET;
      if (mayBeForEver && section.any(key).orElseThrow() instanceof Value.Int(long atMost)) {
        add(section, key, about, scope, atMost, Optional.empty());
        return;
      }
      section
          .optionalText(key, RATE)
          .filter(RATE::accepts)
          .ifPresent(
              rate -> add(section, key, about, scope, number(rate), Optional.of(window(rate))));
    });
  }

  private void add(
      Section section,
      String key,
      About about,
      Scope scope,
      long atMost,
      Optional<Duration> window) {
    if (atMost < 0 || atMost > 1_000_000) {
      section.problem(key, "`" + key + "` must be a number from 0 to 1000000, or a rate");
      return;
    }
    if (window.filter(length -> length.compareTo(LONGEST) > 0).isPresent()) {
      section.problem(key, "the window of `" + key + "` is longer than a year");
      return;
    }
    limits.add(
        new Limit(
            about.counted(), scope, over, about.tool(), about.isOfEffects(), (int) atMost, window));
  }

  private static int number(String rate) {
    return Integer.parseInt(rate.substring(0, rate.indexOf('/')));
  }

  private static Duration window(String rate) {
    var words = rate.substring(rate.indexOf('/') + 1);
    return Durations.parse(Character.isDigit(words.charAt(0)) ? words : "1" + words);
  }
}
