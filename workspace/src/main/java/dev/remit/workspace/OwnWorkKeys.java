package dev.remit.workspace;

import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.OwnWork;
import dev.remit.workspace.Names.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the people of a group may work on by themselves: {@code task-classes}, and the {@code
 * family} of effects that they make, {@code change} where nothing is said.
 */
final class OwnWorkKeys {
  private static final Form FAMILY = Form.oneOf("observe", "change", "destructive");

  private OwnWorkKeys() {}

  static Optional<OwnWork> read(Section group, Names names, Set<PersonFunction> functions) {
    if (!group.has("task-classes")) {
      if (group.has("family")) {
        group.text("family", FAMILY);
        group.problem("family", "`family` means nothing without `task-classes`; name them");
      }
      return Optional.empty();
    }
    var taskClasses = group.texts("task-classes", Form.SLUG);
    taskClasses.forEach(t -> names.refer(Kind.TASK_CLASS, t.text(), t.origin()));
    if (!functions.contains(PersonFunction.OPERATE)) {
      group.problem(
          "task-classes", "only people who `operate` work on tasks; add it to `functions`");
    }
    var family =
        group.has("family") ? GradeFamily.parse(group.text("family", FAMILY)) : GradeFamily.CHANGE;
    return Optional.of(
        new OwnWork(
            taskClasses.stream().map(Section.Located::text).collect(Collectors.toSet()), family));
  }
}
