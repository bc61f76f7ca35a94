package dev.remit.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.LevelValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remit.cedar.PolicySet;
import dev.remit.cedar.json.Reading;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.policy.Compilation.Compiled;
import dev.remit.policy.Compilation.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Compiles a workspace's policy: built-in guardrails, task classes in plain terms and hand-written
 * Cedar become one set, strictly validated by the official library.
 */
public final class CedarPolicies {
  /**
   * How many entities policy may step through: those of the request alone, whose attributes are all
   * that is handed in (Cedar's level validation, RFC 76).
   */
  private static final long DEREF_LEVEL = 1;

  /** From so many policies on it is worth to share them out. */
  private static final int MANY = 256;

  private final PolicySource source;
  private final List<Diagnostic> problems = new ArrayList<>();
  private final Map<String, AskRule> askRules = new HashMap<>();

  private CedarPolicies(PolicySource source) {
    this.source = source;
  }

  /** Compiles, or says what is wrong and where. */
  public static Compilation compile(PolicySource source) {
    return new CedarPolicies(source).compile();
  }

  private Compilation compile() {
    collectAskRules();
    var texts = new ArrayList<>(BuiltInGuardrails.all());
    texts.addAll(new TaskClassPolicies(source, problems::add).all());
    source.files().forEach(file -> texts.addAll(CedarStatements.of(file, problems::add)));
    var compiled = new LinkedHashMap<String, CompiledPolicy>();
    var byId = new HashMap<String, PolicyText>();
    var check = new PolicyCheck(source, askRules.keySet(), problems::add);
    var parses = texts.parallelStream().map(text -> ParsedPolicy.read(text.text())).toList();
    for (int i = 0; i < texts.size(); i++) {
      var text = texts.get(i);
      check
          .parse(text, parses.get(i))
          .ifPresent(parsed -> {
            var named = text.named(text.id().isEmpty() ? id(parsed) : text.id());
            var first = byId.putIfAbsent(named.id(), named);
            if (first != null) {
              problems.add(named.origin().diagnostic(twice(named, first)));
            } else {
              compiled.put(named.id(), new CompiledPolicy(named, parsed));
            }
          });
    }
    String schema = CedarSchema.of(source.release());
    var policies = List.copyOf(compiled.values());
    if (problems.isEmpty()) {
      validate(schema, byId, policies);
    }
    return problems.isEmpty() ? compile(policies, schema) : new Refused(problems);
  }

  /** The library accepts what the compiled engine may not, such as expressions of any depth. */
  private Compilation compile(List<CompiledPolicy> policies, String schema) {
    return switch (engine(policies)) {
      case Reading.Read<PolicySet>(PolicySet engine) ->
          new Compiled(new CompiledPolicies(policies, askRules, schema, engine, source));
      case Reading.Refused<PolicySet>(String problem) ->
          new Refused(List.of(new Diagnostic("remit.yaml", 0, problem)));
    };
  }

  /** Compiles policies for the engine that decides. */
  static Reading<PolicySet> engine(List<CompiledPolicy> policies) {
    var set = JsonNodeFactory.instance.objectNode();
    var members = set.putObject("staticPolicies");
    policies.forEach(policy -> members.set(policy.id(), policy.json()));
    return PolicySet.read(set.toString());
  }

  private static String id(ParsedPolicy parsed) {
    return parsed.annotation("id").orElse("");
  }

  private static String twice(PolicyText second, PolicyText first) {
    return "policy id `" + second.id() + "` is taken by " + first.origin() + "; choose another";
  }

  private void collectAskRules() {
    var answers = source.guardrailAnswers();
    for (String rule : BuiltInGuardrails.ASK_RULES) {
      askRules.put(
          rule,
          new AskRule(rule, "true", answers.from(), answers.answerWithin(), answers.useWithin()));
    }
    source.asks().forEach(rule -> add(rule, new Origin("remit.yaml", 1)));
    for (var taskClass : source.release().taskClasses().values()) {
      taskClass
          .ask()
          .forEach(
              rule -> add(rule, source.origin(PolicySource.askId(rule.id()), taskClass.name())));
    }
    for (var variation : source.variations()) {
      variation
          .ask()
          .forEach(rule ->
              add(rule, source.origin(PolicySource.askId(rule.id()), variation.taskClass())));
    }
  }

  private void add(AskRule rule, Origin origin) {
    if (!PolicyCheck.isId(rule.id()) || rule.id().startsWith("remit.")) {
      problems.add(origin.diagnostic("ask rule `" + rule.id() + "` has no usable id"));
    } else if (askRules.putIfAbsent(rule.id(), rule) != null) {
      problems.add(origin.diagnostic("ask rule id `" + rule.id() + "` is used twice"));
    }
  }

  /**
   * Strict validation, which looks at one policy after the other: so each processor takes its part
   * of them. Validation with a level includes that without.
   */
  private void validate(
      String schema, Map<String, PolicyText> texts, List<CompiledPolicy> compiled) {
    int parts = compiled.size() < MANY ? 1 : Runtime.getRuntime().availableProcessors();
    IntStream.range(0, parts)
        .parallel()
        .mapToObj(part -> {
          var set = new LinkedHashSet<Policy>();
          for (int i = part; i < compiled.size(); i += parts) {
            set.add(compiled.get(i).policy());
          }
          return validated(schema, set);
        })
        .toList()
        .forEach(response -> read(response, texts));
  }

  private static ValidationResponse validated(String schema, Set<Policy> policies) {
    try {
      return new BasicAuthorizationEngine()
          .validateWithLevel(
              new LevelValidationRequest(
                  new Schema(schema),
                  new com.cedarpolicy.model.policy.PolicySet(policies),
                  DEREF_LEVEL));
    } catch (AuthException e) {
      throw new IllegalStateException("cedar cannot validate", e);
    }
  }

  private void read(ValidationResponse response, Map<String, PolicyText> texts) {
    response
        .errors
        .orElse(com.google.common.collect.ImmutableList.of())
        .forEach(error -> problems.add(new Diagnostic("remit.yaml", 0, error.message)));
    if (response.success.isEmpty()) {
      return;
    }
    for (var error : response.success.get().validationErrors) {
      var text = texts.get(error.getPolicyId());
      var detail = error.getError();
      String help = detail.help.map(words -> " (" + words + ")").orElse("");
      String message = "policy `" + error.getPolicyId() + "`: " + detail.message + help;
      int offset = detail.sourceLocations.isEmpty() ? 0 : detail.sourceLocations.get(0).start;
      problems.add(
          text == null
              ? new Diagnostic("remit.yaml", 0, message)
              : text.at(offset).diagnostic(message));
    }
  }
}
