package dev.remit.workspace;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes task classes and identities from an agent's file and shows what that changes; it changes
 * nothing itself. What would not load as a workspace is not shown.
 */
public final class Narrowing {

  private static final Pattern FLOW_LIST =
      Pattern.compile("(?m)^task-classes:[ \\t]*\\[([^\\]]*)\\]");
  private static final int WIDTH = 110;

  private Narrowing() {}

  /** The change as a unified diff; empty when the file is not written so that it can be made. */
  public static Optional<String> of(
      SortedMap<String, byte[]> files,
      AgentClassId agentClass,
      Set<String> taskClasses,
      Set<AgentId> identities) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().startsWith("agents/"))
        .filter(file -> isOf(text(file.getValue()), agentClass))
        .findFirst()
        .flatMap(file -> {
          var before = text(file.getValue());
          var after = withoutIdentities(withoutClasses(before, taskClasses), identities);
          var changed = new TreeMap<>(files);
          changed.put(file.getKey(), after.getBytes(StandardCharsets.UTF_8));
          return isSound(changed, agentClass, taskClasses, identities)
              ? Optional.of(UnifiedDiff.of(file.getKey(), before, after))
              : Optional.empty();
        });
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private static boolean isOf(String text, AgentClassId agentClass) {
    return text.lines()
        .map(String::strip)
        .anyMatch(line -> line.matches("agent:\\s*\"?" + agentClass.value() + "\"?(\\s+#.*)?"));
  }

  /** The change does what it says, and the rest still fits together. */
  private static boolean isSound(
      SortedMap<String, byte[]> files,
      AgentClassId agentClass,
      Set<String> taskClasses,
      Set<AgentId> identities) {
    if (!(new Workspaces().load(files) instanceof WorkspaceResult.Loaded(LoadedWorkspace loaded))) {
      return false;
    }
    var narrowed = loaded.release().agentClasses().get(agentClass);
    return narrowed != null
        && narrowed.taskClasses().stream().noneMatch(taskClasses::contains)
        && narrowed.identities().stream().noneMatch(one -> identities.contains(one.agent()));
  }

  private static String withoutClasses(String text, Set<String> taskClasses) {
    var flow = FLOW_LIST.matcher(text);
    if (flow.find() && !flow.group(1).contains("#")) {
      var kept =
          Arrays.stream(flow.group(1).split(","))
              .map(String::strip)
              .filter(name -> !name.isEmpty() && !taskClasses.contains(unquoted(name)))
              .toList();
      return text.substring(0, flow.start()) + list(kept) + text.substring(flow.end());
    }
    return lines(text).stream()
        .filter(line ->
            !(line.strip().startsWith("- ")
                && taskClasses.contains(unquoted(line.strip().substring(2).strip()))))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String unquoted(String name) {
    return name.replaceAll("^[\"']|[\"']$", "");
  }

  private static String list(List<String> names) {
    var text = new StringBuilder("task-classes: [");
    int column = text.length();
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i) + (i + 1 < names.size() ? "," : "]");
      if (i > 0 && column + 1 + name.length() > WIDTH) {
        text.append("\n  ");
        column = 2;
      } else if (i > 0) {
        text.append(' ');
        column++;
      }
      text.append(name);
      column += name.length();
    }
    return text.toString();
  }

  private static String withoutIdentities(String text, Set<AgentId> identities) {
    var kept = new ArrayList<String>();
    var item = new ArrayList<String>();
    boolean isWithin = false;
    for (var line : lines(text)) {
      boolean isItem = isWithin && line.matches("\\s*- .*");
      boolean isOutside = !line.isBlank() && !line.startsWith(" ") && !line.startsWith("-");
      if (isItem || isOutside) {
        keep(item, identities, kept);
      }
      isWithin = isOutside ? line.matches("identities:\\s*(#.*)?") : isWithin;
      (isWithin && !isOutside ? item : kept).add(line);
    }
    keep(item, identities, kept);
    return String.join("\n", kept) + "\n";
  }

  private static void keep(List<String> item, Set<AgentId> identities, List<String> kept) {
    var text = String.join("\n", item);
    if (identities.stream().noneMatch(agent -> names(text, agent))) {
      kept.addAll(item);
    }
    item.clear();
  }

  private static boolean names(String item, AgentId agent) {
    boolean isFamily = !has(item, "family", "\\S+?") || has(item, "family", agent.family().text());
    return isFamily
        && has(item, "tenant", agent.tenant().value())
        && has(item, "environment", agent.environment().text());
  }

  private static boolean has(String item, String key, String value) {
    return Pattern.compile("(?m)(^|[\\s{,])" + key + ":\\s*\"?" + value + "\"?\\s*($|[,}#\\n])")
        .matcher(item)
        .find();
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }
}
