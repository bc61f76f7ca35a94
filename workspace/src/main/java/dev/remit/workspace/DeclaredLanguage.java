package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import java.util.HashSet;
import java.util.Set;

/**
 * Systems that nothing speaks to yet: kinds of records with their attributes, and operations with
 * what policy needs to know of them. Nothing can be called.
 */
final class DeclaredLanguage implements ConnectorLanguage {
  private static final Form ATTRIBUTE =
      Form.matching("lower-case letters, digits and `_`", "x", "[a-z][a-z0-9_]{0,30}");

  @Override
  public void connector(Section section) {
    if (section.has("endpoint")) {
      section.problem("endpoint", "a declared connector has no endpoint; remove it");
      section.any("endpoint");
    }
  }

  @Override
  public void inventory(Section record) {
    var declared = new HashSet<String>();
    record.texts("attributes", ATTRIBUTE).forEach(name -> declared.add(name.text()));
    for (var name : record.optionalTexts("binding", ATTRIBUTE)) {
      if (!declared.contains(name.text())) {
        record.problem(name.origin(), "`" + name.text() + "` is not among the attributes");
      }
    }
  }

  @Override
  public void tickets(Section tickets) {
    tickets.problem(tickets.origin(), "nothing reads tickets of a declared connector; remove it");
  }

  @Override
  public void operation(Section operation, Set<String> arguments, Grade effect) {}

  @Override
  public Set<String> operationNames() {
    return Set.of();
  }
}
