package dev.remit.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Forms of identifiers in published frameworks, such as {@code nist-csf-2.0/PR.AA-05}.
 *
 * <p>It knows forms only. Which identifiers exist is in a catalogue that is given from outside.
 */
public final class References {
  private static final Map<String, Pattern> FORMS = new LinkedHashMap<>();

  static {
    FORMS.put("nist-csf-2.0", Pattern.compile("(?:GV|ID|PR|DE|RS|RC)\\.[A-Z]{2}(?:-[0-9]{2})?"));
    FORMS.put("owasp-nhi-2025", Pattern.compile("NHI(?:[1-9]|10)"));
    FORMS.put("owasp-asi-2026", Pattern.compile("ASI(?:0[1-9]|10)"));
    FORMS.put(
        "nist-ai-rmf-1.0",
        Pattern.compile("(?:GOVERN|MAP|MEASURE|MANAGE) [1-9](?:\\.[0-9]{1,2})?"));
  }

  private References() {}

  /** What is wrong with the form of a reference. */
  public static Optional<String> problem(String reference) {
    int slash = reference.indexOf('/');
    var form = slash < 0 ? null : FORMS.get(reference.substring(0, slash));
    if (form == null) {
      return Optional.of(
          "`"
              + reference
              + "` names no framework; use one of "
              + String.join(", ", FORMS.keySet()));
    }
    String id = reference.substring(slash + 1);
    return form.matcher(id).matches()
        ? Optional.empty()
        : Optional.of("`" + id + "` is no identifier of " + reference.substring(0, slash));
  }
}
