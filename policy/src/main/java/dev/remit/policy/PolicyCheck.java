package dev.remit.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What a single policy must be, whatever the others say. */
final class PolicyCheck {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,126}");
  private static final List<String> RESERVED = List.of("remit.", "task.", "ask.", "vary.");
  private final PolicySource source;
  private final Set<String> askRules;
  private final Consumer<Diagnostic> problems;

  PolicyCheck(PolicySource source, Set<String> askRules, Consumer<Diagnostic> problems) {
    this.source = source;
    this.askRules = askRules;
    this.problems = problems;
  }

  /** Whether a policy or a rule may have this id. */
  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** The policy as parsed; empty after its problems were told. */
  Optional<ParsedPolicy> parse(PolicyText text, ParsedPolicy.Reading reading) {
    return switch (reading) {
      case ParsedPolicy.Parsed(ParsedPolicy parsed) when isAsItMustBe(text, parsed) ->
          Optional.of(parsed);
      case ParsedPolicy.Parsed ignored -> Optional.empty();
      case ParsedPolicy.Unreadable(String words) -> {
        problems.accept(text.origin().diagnostic("cedar does not parse: " + words));
        yield Optional.empty();
      }
    };
  }

  private boolean isAsItMustBe(PolicyText text, ParsedPolicy parsed) {
    var problem =
        idProblem(text, parsed)
            .or(() -> effectProblem(text, parsed))
            .or(() -> annotationProblem(parsed))
            .or(() -> Annotations.problem(text, parsed))
            .or(() -> Exceptions.problem(text, parsed))
            .or(() -> tenantProblem(text, parsed));
    problem.ifPresent(words -> problems.accept(text.origin().diagnostic(words)));
    return problem.isEmpty();
  }

  private static Optional<String> idProblem(PolicyText text, ParsedPolicy parsed) {
    String id = parsed.annotation("id").orElse("");
    if (!isId(id)) {
      return Optional.of("every policy needs `@id(\"…\")` in lower case; `" + id + "` is none");
    }
    boolean isReserved =
        text.isVerbatim()
            && text.layer() != Layer.BUILT_IN
            && RESERVED.stream().anyMatch(id::startsWith);
    return isReserved
        ? Optional.of("policy id `" + id + "`: `remit.`, `task.`, `ask.` and `vary.` are reserved")
        : Optional.empty();
  }

  private static Optional<String> effectProblem(PolicyText text, ParsedPolicy parsed) {
    if (!parsed.isForbid() && !text.layer().mayPermit()) {
      return Optional.of(
          switch (text.layer()) {
            case TENANT -> "a tenant's policy only narrows; use `forbid`";
            case BUILT_IN, GUARDRAIL, BASELINE -> "a guardrail only forbids; use `forbid`";
          });
    }
    return Optional.empty();
  }

  private Optional<String> annotationProblem(ParsedPolicy parsed) {
    var ask = parsed.annotation("ask");
    var reason = parsed.annotation("reason");
    if (!parsed.isForbid() && (ask.isPresent() || reason.isPresent())) {
      return Optional.of("`@ask` and `@reason` belong to `forbid` policies");
    }
    if (ask.isPresent() && reason.isPresent()) {
      return Optional.of("a policy asks or refuses: use `@ask` or `@reason`, not both");
    }
    if (ask.isPresent() && !askRules.contains(ask.get())) {
      return Optional.of("no ask rule has the id `" + ask.get() + "`");
    }
    return reason
        .filter(code -> Reasons.parse(code).isEmpty())
        .map(code -> "`" + code + "` is not a reason code");
  }

  private Optional<String> tenantProblem(PolicyText text, ParsedPolicy parsed) {
    if (text.layer() != Layer.TENANT || !text.isVerbatim()) {
      return Optional.empty();
    }
    String tenant =
        source.files().stream()
            .filter(file -> file.name().equals(text.origin().file()))
            .flatMap(file -> file.tenant().stream())
            .map(Object::toString)
            .findFirst()
            .orElse("");
    return parsed.scope().resourceTenant().filter(tenant::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            "a tenant's policy names it in its head: `resource in Tenant::\"" + tenant + "\"`");
  }
}
