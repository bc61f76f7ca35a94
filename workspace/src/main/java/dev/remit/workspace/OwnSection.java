package dev.remit.workspace;

import dev.remit.core.release.OwnSystems;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetRef;
import dev.remit.workspace.Names.Kind;
import java.util.stream.Collectors;

/**
 * {@code own:} of {@code remit.yaml}: records that are Remit's own systems, and names of groups
 * that give functions in Remit beyond those that the workspace names anyway.
 */
final class OwnSection {
  private static final Form TARGET =
      Form.matching(
          "a target such as rmm/device/1001",
          "x/x/x",
          "[a-z][a-z0-9]{0,30}/[a-z][a-z0-9_-]{0,60}/[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,200})?");
  private static final Form GROUP =
      Form.matching("the name of a group", "x", "[^\\p{Cntrl}]{1,200}");

  private OwnSection() {}

  static OwnSystems read(Section remit, Names names) {
    return remit.optionalSection("own").map(section -> own(section, names)).orElse(OwnSystems.NONE);
  }

  private static OwnSystems own(Section section, Names names) {
    var targets = section.optionalTexts("targets", TARGET);
    var groups = section.optionalTexts("groups", GROUP);
    if (targets.isEmpty() && groups.isEmpty()) {
      section.problem(section.origin(), "`own` is empty; list `targets` or `groups`");
    }
    section.close();
    for (var target : targets) {
      var ref = ref(target.text());
      names.refer(Kind.CONNECTOR, ref.connector().value(), target.origin());
      names.refer(Kind.TARGET_KIND, ref.kind(), target.origin());
    }
    return new OwnSystems(
        targets.stream().map(target -> ref(target.text())).collect(Collectors.toSet()),
        groups.stream().map(Section.Located::text).collect(Collectors.toSet()));
  }

  private static TargetRef ref(String text) {
    var parts = text.split("/", 3);
    return new TargetRef(new ConnectorId(parts[0]), parts[1], parts[2]);
  }
}
