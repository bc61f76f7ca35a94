package dev.remit.policy.reach;

import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.target.TargetRef;
import java.util.List;
import java.util.TreeSet;

/**
 * What no call touches, to be shown: Remit's own records, and groups that give functions in Remit.
 *
 * @param groups names of the organisation's own groups, and listed ones
 * @param approvers names of clients' groups, each after its client
 */
public record OwnList(List<String> targets, List<String> groups, List<String> approvers) {
  public OwnList {
    targets = List.copyOf(targets);
    groups = List.copyOf(groups);
    approvers = List.copyOf(approvers);
  }

  /** What a release lists and what follows from its people. */
  public static OwnList of(Release release) {
    var own = release.surroundings().own();
    var groups = new TreeSet<>(own.groups());
    release.people().groups().values().stream().map(People.Group::group).forEach(groups::add);
    var approvers = new TreeSet<String>();
    release
        .people()
        .approvers()
        .forEach((tenant, one) -> {
          approvers.add(tenant + "/" + one.group());
          one.standIn().ifPresent(standIn -> approvers.add(tenant + "/" + standIn.group()));
        });
    return new OwnList(
        own.targets().stream().map(TargetRef::text).sorted().toList(),
        List.copyOf(groups),
        List.copyOf(approvers));
  }
}
