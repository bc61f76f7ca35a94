package dev.remit.cli;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.policy.BesideCedar.Stated;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.Diagnostic;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit compile}. */
@Command(
    name = "compile",
    mixinStandardHelpOptions = true,
    description =
        "Shows the Cedar policies of a workspace, each with its line and in words, and what is"
            + " enforced beside them.")
final class CompileCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the workspace (default: the current folder)")
  private Path folder = Path.of(".");

  @Option(names = "--tenant", paramLabel = "T", description = "only what may concern this tenant")
  private @Nullable String tenant;

  @Option(
      names = "--task-class",
      paramLabel = "K",
      description = "only what may concern tasks of this class")
  private @Nullable String taskClass;

  @Option(names = "--schema", description = "print the generated Cedar schema instead")
  private boolean schema;

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    return switch (new Workspaces().read(folder)) {
      case WorkspaceResult.Loaded(var workspace) -> {
        requireKnown(workspace.policies());
        show(out, workspace.policies());
        yield 0;
      }
      case WorkspaceResult.Refused(List<Diagnostic> problems) -> {
        problems.forEach(problem -> out.println(folder + "/" + problem.text()));
        yield CommandException.REFUSED;
      }
    };
  }

  private void requireKnown(CompiledPolicies policies) {
    var release = policies.source().release();
    if (tenant != null && !release.tenants().containsKey(new TenantId(tenant))) {
      throw CommandException.usage("no tenant is named `" + tenant + "`; see tenants/");
    }
    if (taskClass != null && !release.taskClasses().containsKey(taskClass)) {
      throw CommandException.usage("no task class is named `" + taskClass + "`; see tasks/");
    }
  }

  private void show(PrintWriter out, CompiledPolicies policies) {
    var shown = policies.policies().stream().filter(this::isAsked).toList();
    var beside = policies.beside().stream().filter(this::isAsked).toList();
    if (json) {
      Output.json(out, value(policies, shown, beside));
    } else if (schema) {
      out.print(policies.schema());
    } else {
      shown.forEach(policy -> policy(out, policies, policy));
      out.println("// Enforced beside Cedar:");
      beside.forEach(one -> out.println("// " + one.origin() + ": " + one.words()));
    }
  }

  private boolean isAsked(CompiledPolicy policy) {
    return (tenant == null || policy.tenant().map(tenant::equals).orElse(true))
        && (taskClass == null || policy.concernsTaskClass(taskClass));
  }

  private boolean isAsked(Stated stated) {
    return (tenant == null || stated.tenant().map(TenantId::value).map(tenant::equals).orElse(true))
        && (taskClass == null || stated.taskClass().map(taskClass::equals).orElse(true));
  }

  private static String layer(CompiledPolicy policy) {
    return policy.layer().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void policy(PrintWriter out, CompiledPolicies policies, CompiledPolicy policy) {
    out.println("// " + policy.origin() + " (" + layer(policy) + ")");
    out.println("// " + Output.printable(policies.wordsOf(policy)));
    out.println(policy.text());
    out.println();
  }

  private Value value(CompiledPolicies policies, List<CompiledPolicy> shown, List<Stated> beside) {
    var version = policies.source().release().version().value();
    List<Value> all = shown.stream().map(policy -> value(policies, policy)).toList();
    List<Value> stated = beside.stream().map(CompileCommand::value).toList();
    var value =
        Value.object(
            "version",
            version,
            "policies",
            new Value.Array(all),
            "beside",
            new Value.Array(stated));
    return schema ? value.with("schema", Value.of(policies.schema())) : value;
  }

  private static Value value(CompiledPolicies policies, CompiledPolicy policy) {
    var value =
        Value.object(
            "id", policy.id(),
            "layer", layer(policy),
            "file", policy.origin().file(),
            "line", policy.origin().line(),
            "effect", policy.isForbid() ? "forbid" : "permit",
            "words", policies.wordsOf(policy),
            "serves", Value.texts(policy.serves()),
            "text", policy.text());
    if (policy.ask().isPresent()) {
      value = value.with("ask", Value.of(policy.ask().get()));
    } else if (policy.isForbid()) {
      value = value.with("reason", Value.of(policy.reason().code()));
    }
    return policy.exception().isPresent()
        ? value.with("exceptionHours", Value.of(policy.exception().get().toHours()))
        : value;
  }

  private static Value value(Stated stated) {
    return Value.object(
        "kind", stated.kind(),
        "file", stated.origin().file(),
        "line", stated.origin().line(),
        "words", stated.words());
  }
}
