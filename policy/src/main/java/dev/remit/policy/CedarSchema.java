package dev.remit.policy;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.Release;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Cedar schema of a release, in Cedar's own text form.
 *
 * <p>Attributes of target records are required text. A record that lacks one makes every policy
 * that reads it an evaluation error, which is a refusal: an absent role never passes for "not a
 * domain controller".
 */
final class CedarSchema {
  private static final String CALLERS =
      """
      entity Tenant;
      entity Agent in [Tenant] = {
        "class": String,
        "tenant": Tenant,
        "environment": String,
        "family": Long,
        "bound": Bool,
        "autonomy": String,
        "owner": String,
        "taskClasses": Set<String>
      };
      entity Person in [Tenant] = {
        "class": String,
        "tenant": Tenant,
        "environment": String,
        "family": Long,
        "bound": Bool,
        "autonomy": String,
        "owner": String,
        "taskClasses": Set<String>
      };
      """;

  private static final String TYPES =
      """
      type RemitTask = {
        "class": String,
        "tenant": Tenant,
        "agent": Agent,
        "person"?: Person,
        "risk": Long,
        "ageSeconds": Long,
        "targets": Long,
        "namesTool": Bool,
        "readUntrusted": Bool
      };
      type RemitChain = {
        "depth": Long,
        "agents": Set<Agent>,
        "classes": Set<String>,
        "families": Set<Long>,
        "instances": Set<String>,
        "taskClasses": Set<String>,
        "bound": Bool
      };
      type RemitTool = {
        "name": String,
        "connector": String,
        "effect": Long,
        "grade": String,
        "family": Long,
        "scopeTruth": String,
        "contentTrusted": Bool
      };
      type RemitTenant = { "id": String, "windows": Set<String> };
      """;

  private CedarSchema() {}

  static String of(Release release) {
    var out = new StringBuilder(CALLERS).append(TYPES);
    Kinds.of(release).forEach((kind, attributes) -> entity(out, kind, attributes));
    groups(release).forEach(group -> out.append("action \"").append(group).append("\";\n"));
    release.tools().values().stream()
        .sorted(Comparator.comparing(Tool::name))
        .forEach(tool -> action(out, tool));
    return out.toString();
  }

  private static void entity(StringBuilder out, String kind, Set<String> attributes) {
    out.append("entity ").append(Kinds.entityType(kind)).append(" in [Tenant] = {");
    out.append(
        attributes.stream()
            .map(name -> "\"" + name + "\": String")
            .collect(Collectors.joining(", ", " ", " ")));
    out.append("};\n");
  }

  private static Set<String> groups(Release release) {
    var groups = new TreeSet<String>();
    for (Grade grade : Grade.values()) {
      groups.add(grade.text());
    }
    release.connectors().keySet().forEach(connector -> groups.add(connector.value()));
    release.tools().values().forEach(tool -> groups.addAll(groupsOf(tool)));
    return groups;
  }

  /** The groups of an action: its grade and its connector. */
  static Set<String> groupsOf(Tool tool) {
    return Set.of(tool.effect().text(), tool.connector().value());
  }

  private static void action(StringBuilder out, Tool tool) {
    var resources = new TreeSet<String>();
    tool.targets().forEach(target -> resources.add(Kinds.entityType(target.kind())));
    if (resources.isEmpty()) {
      resources.add("Tenant");
    }
    out.append(
        """
        action "%s" in ["%s"] appliesTo {
          principal: [Agent, Person],
          resource: [%s],
          context: {
            "approvals": Set<String>,
            "at": datetime,
            "chain": RemitChain,
            "environment": String,
            "exceptions": Set<String>,
            "task": RemitTask,
            "tenant": RemitTenant,
            "tool": RemitTool,
            "arguments": { %s }
          }
        };
        """
            .formatted(
                tool.name(),
                groupsOf(tool).stream().sorted().collect(Collectors.joining("\", \"")),
                String.join(", ", resources),
                ToolArguments.of(tool).entrySet().stream()
                    .map(CedarSchema::argument)
                    .collect(Collectors.joining(", "))));
  }

  private static String argument(Map.Entry<String, String> argument) {
    return "\"" + argument.getKey() + "\"?: " + argument.getValue();
  }
}
