package dev.remit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a text must not say to one client: how any other client is named, and the agents that work
 * for others alone.
 *
 * <p>It errs on the side of silence: a word that a client happens to share with ordinary language
 * counts as its name. A nickname that no file of the workspace gives as a name is not recognised.
 */
final class OtherParties {
  /** Shorter ones are told apart by whole words alone: too many words contain them. */
  private static final int LONG = 8;

  /** A shorter identifier, such as {@code 17}, counts only where it is all of a literal. */
  private static final int TELLING = 4;

  private static final Set<String> STRUCTURE =
      Set.of("Var", "op", "kind", "effect", "type", "entity_type", "Slot", "Unknown");

  private final Set<String> words = new HashSet<>();
  private final Set<String> literals = new HashSet<>();
  private final Set<String> own = new HashSet<>();
  private final Set<String> agents;

  OtherParties(Release release, TenantId tenant) {
    release
        .tenants()
        .values()
        .forEach(one -> {
          boolean isOwn = one.id().equals(tenant);
          var said = isOwn ? own : words;
          said.add(one.id().value());
          said.add(one.name());
          one.externalIds()
              .values()
              .forEach(id -> {
                if (isOwn || id.length() >= TELLING) {
                  said.add(id);
                }
                if (!isOwn) {
                  literals.add(id);
                }
              });
        });
    release
        .people()
        .approvers()
        .forEach((one, approvers) -> (one.equals(tenant) ? own : words).add(approvers.issuer()));
    var known =
        Stream.concat(
                own.stream(), release.people().groups().values().stream().map(People.Group::issuer))
            .map(OtherParties::plain)
            .collect(Collectors.toSet());
    words.removeIf(word -> plain(word).isEmpty() || known.contains(plain(word)));
    literals.removeIf(own::contains);
    agents =
        release.agentClasses().values().stream()
            .filter(agent -> !agent.identities().isEmpty() && !worksFor(agent, tenant))
            .map(AgentClass::id)
            .map(AgentClassId::value)
            .collect(Collectors.toSet());
  }

  /** Whether an agent of this class works for the tenant. */
  static boolean worksFor(AgentClass agent, TenantId tenant) {
    return agent.identities().stream()
        .anyMatch(identity -> identity.agent().tenant().equals(tenant));
  }

  /** Whether a policy names anybody else, in its head, a condition, an annotation or its place. */
  boolean areNamedBy(CompiledPolicy policy) {
    return areNamedIn(policy.id())
        || areNamedIn(policy.origin().file())
        || areNamedIn(policy.ask().orElse(""))
        || areNamedBy(policy.json(), "");
  }

  private boolean areNamedBy(JsonNode node, String member) {
    if (node.isTextual()) {
      return !STRUCTURE.contains(member) && areNamedByLiteral(node.asText());
    }
    if (node.isObject()) {
      return node.properties().stream()
          .anyMatch(one -> areNamedIn(one.getKey()) || areNamedBy(one.getValue(), one.getKey()));
    }
    if (node.isArray() && member.equals("pattern") && areNamedIn(pattern(node))) {
      return true;
    }
    for (var item : node) {
      if (areNamedBy(item, member)) {
        return true;
      }
    }
    return false;
  }

  /** What a {@code like} looks for, which Cedar's form gives letter by letter. */
  private static String pattern(JsonNode parts) {
    var text = new StringBuilder();
    for (var part : parts) {
      text.append(part.path("Literal").asText("*"));
    }
    return text.toString();
  }

  private boolean areNamedByLiteral(String text) {
    return literals.contains(text) || agents.contains(text) || areNamedIn(text);
  }

  /** Whether a text of any kind names another client. */
  boolean areNamedIn(String text) {
    return words.stream().anyMatch(word -> isIn(word, text));
  }

  /** Whether one of these texts names another client. */
  boolean areNamedIn(List<String> texts) {
    return texts.stream().anyMatch(this::areNamedIn);
  }

  private boolean isIn(String word, String text) {
    var said = plain(text);
    var sought = plain(word);
    // What the client's own name contains is its own: `harbor` in `harbor-dental`.
    for (String mine : own) {
      var name = plain(mine);
      if (name.contains(sought) && !name.equals(sought)) {
        said = said.replace(name, " ");
      }
    }
    return said.contains(sought) || (squeezed(word).length() >= LONG && isSqueezed(word, said));
  }

  private static boolean isSqueezed(String word, String said) {
    return squeezed(said).contains(squeezed(word));
  }

  /** Letters and digits in lower case, each run of anything else as one space, spaces around. */
  private static String plain(String text) {
    var words = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    return words.isEmpty() ? "" : " " + words + " ";
  }

  private static String squeezed(String text) {
    return plain(text).replace(" ", "");
  }
}
