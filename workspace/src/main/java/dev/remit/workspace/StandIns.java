package dev.remit.workspace;

import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.release.People.StandIn;
import dev.remit.policy.Origin;
import dev.remit.workspace.Names.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code stand-in}: who answers as well when a group did not, always of the same organisation. */
final class StandIns {

  private record Asked(StandIn standIn, Origin at) {}

  private final Map<String, Asked> asked = new HashMap<>();

  /** Of a group of the organisation's own people: another of its groups. */
  Optional<StandIn> ofGroup(String name, Section group, Names names) {
    var section = group.optionalSection("stand-in");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    var own = section.get();
    var other = own.text("group", Form.SLUG);
    var at = own.origin("group");
    names.refer(Kind.GROUP, other, at);
    if (other.equals(name)) {
      own.problem("group", "`" + name + "` cannot stand in for itself; name another group");
    }
    var standIn = new StandIn(other, own.duration("after"));
    own.close();
    asked.put(name, new Asked(standIn, at));
    return Optional.of(standIn);
  }

  /** Whoever stands in for people who approve has to be there for approving. */
  void check(Map<String, People.Group> groups, Section people) {
    asked.forEach((name, one) -> {
      var group = groups.get(one.standIn().group());
      if (group != null && !group.functions().contains(PersonFunction.APPROVE)) {
        people.problem(
            one.at(),
            "`"
                + one.standIn().group()
                + "` stands in for `"
                + name
                + "` but does not hold `approve`; add it or name another group");
      }
    });
  }

  /** Of a client's approvers: another group of the client's own issuer. */
  static Optional<StandIn> ofClient(Section approvers, String issuer, String group) {
    var section = approvers.optionalSection("stand-in");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    var own = section.get();
    own.optionalText("issuer", Form.PLAIN_NAME)
        .filter(other -> !other.equals(issuer))
        .ifPresent(other ->
            own.problem(
                "issuer",
                "`"
                    + other
                    + "` is not the issuer of these approvers; who stands in for a client is of the"
                    + " same client: leave `issuer` out"));
    var other = own.text("group", Form.SLUG);
    if (other.equals(group)) {
      own.problem("group", "`" + group + "` cannot stand in for itself; name another group");
    }
    var standIn = new StandIn(other, own.duration("after"));
    own.close();
    return Optional.of(standIn);
  }
}
