package dev.remit.workspace;

import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.policy.Origin;
import dev.remit.policy.Variation;
import dev.remit.workspace.Section.Amount;
import dev.remit.workspace.Section.Located;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code variations.TASK} of a tenant: what it has otherwise than the baseline, each with its
 * place. Whether it may is asked when all files were read.
 */
record VariationFile(
    String taskClass,
    Origin at,
    Map<LimitName, Amount> limits,
    List<Located> toolsWithout,
    Optional<Located> when,
    List<AskRule> ask,
    List<Located> askWithout,
    Map<String, Origin> origins,
    Map<String, Duration> exceptions) {

  static VariationFile read(
      String taskClass, Section section, dev.remit.core.tenant.TenantId tenant, Names names) {
    names.refer(Names.Kind.TASK_CLASS, taskClass, section.origin());
    var origins = new HashMap<String, Origin>();
    var exceptions = new HashMap<String, Duration>();
    var limits = limits(section);
    var tools = section.optionalTexts("tools-without", TaskClassFile.TOOL);
    var when =
        section
            .optionalText("when", AskReader.CONDITION)
            .map(text -> new Located(text, section.origin("when")));
    var prefix = taskClass + "." + tenant.value();
    var ask = new AskReader(names, origins, exceptions).read(section, prefix);
    var askWithout = section.optionalTexts("ask-without", Form.SLUG);
    if (section.names().isEmpty()) {
      section.problem(section.origin(), "`" + taskClass + "` varies nothing; remove it");
    }
    section.close();
    origins.put(Variation.policyId(taskClass, tenant, "tools"), section.origin("tools-without"));
    origins.put(Variation.policyId(taskClass, tenant, "when"), section.origin("when"));
    origins.put(Variation.policyId(taskClass, tenant, "limits"), section.origin("limits"));
    return new VariationFile(
        taskClass, section.origin(), limits, tools, when, ask, askWithout, origins, exceptions);
  }

  private static Map<LimitName, Amount> limits(Section section) {
    var all = new EnumMap<LimitName, Amount>(LimitName.class);
    section
        .optionalSection("limits")
        .ifPresent(limits -> {
          for (var name : LimitName.values()) {
            limits.number(name.key(), name).ifPresent(amount -> all.put(name, amount));
          }
          if (limits.names().isEmpty()) {
            section.problem("limits", "`limits` is empty; name a limit or remove it");
          }
          limits.close();
        });
    return all;
  }
}
