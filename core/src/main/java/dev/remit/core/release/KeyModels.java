package dev.remit.core.release;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.identity.Organisation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which models of authenticators an organisation takes keys of, by their AAGUIDs (Web
 * Authentication Level 2, section 6.5.1); one that is not named takes any.
 *
 * <p>It keeps people from registering another kind of key by mistake. It proves nothing: a model is
 * what the authenticator's own software says, for no maker's certificate is looked at.
 *
 * @param allowed lower-case UUIDs
 */
public record KeyModels(Map<Organisation, Set<String>> allowed) {

  /** Every organisation takes any. */
  public static final KeyModels ANY = new KeyModels(Map.of());

  public KeyModels {
    allowed = Map.copyOf(allowed);
  }

  /** Whether this organisation looks at models, so that a browser has to be asked for them. */
  public boolean isLimited(Organisation organisation) {
    return allowed.containsKey(organisation);
  }

  /** Why this key is not taken, in words for its person. */
  public Optional<String> objection(PersonKey key) {
    var models = allowed.get(key.organisation());
    if (models == null || key.aaguid().filter(models::contains).isPresent()) {
      return Optional.empty();
    }
    var named = key.aaguid().map(model -> "is of the model " + model).orElse("names no model");
    return Optional.of(
        "your organisation takes certain models of keys, and this one "
            + named
            + "; use one of "
            + String.join(", ", new TreeSet<>(models)));
  }
}
