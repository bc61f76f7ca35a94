package dev.remit.core.flow;

import dev.remit.core.call.Tool;
import dev.remit.core.release.OwnSystems;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What no call touches: Remit's own systems, and groups whose members have functions in Remit. It
 * refuses before policy is asked, so no approval, exception or variation lifts it.
 */
final class Forbidden {
  private final OwnSystems own;
  private final People people;
  private final TenantId tenant;

  Forbidden(Release release, TenantId tenant) {
    this.own = release.surroundings().own();
    this.people = release.people();
    this.tenant = tenant;
  }

  /** Which of these records are Remit's own; a task does not even name them. */
  List<TargetRef> among(Collection<TargetRef> targets) {
    return own.targets().isEmpty() ? List.of() : targets.stream().filter(own::has).toList();
  }

  /** The first of Remit's own that the arguments name, as evidence keeps it. */
  Optional<Value.Obj> named(Tool tool, Value.Obj arguments, List<TargetRef> targets) {
    var ours = among(targets);
    if (!ours.isEmpty()) {
      return Optional.of(Value.object("targets", Facts.refs(ours)));
    }
    var kinds = new HashSet<String>();
    tool.targets().stream()
        .filter(target -> isOfGroups(target.kind()))
        .forEach(target -> kinds.add(target.argument()));
    return arguments.members().entrySet().stream()
        .filter(entry -> kinds.contains(entry.getKey()) || isOfGroups(entry.getKey()))
        .flatMap(entry -> texts(entry.getValue()))
        .filter(this::isGroup)
        .findFirst()
        .map(name -> Value.object("group", name));
  }

  /** The first record that is a group of Remit's people under another identifier. */
  Optional<Value.Obj> record(List<TargetRecord> records) {
    return records.stream()
        .filter(record -> isOfGroups(record.ref().kind()))
        .filter(record -> texts(record.attributes()).anyMatch(this::isGroup))
        .findFirst()
        .map(record -> Value.object("targets", Facts.refs(List.of(record.ref()))));
  }

  /** Whether a name of an argument or of a kind of record is about groups. */
  private static boolean isOfGroups(String name) {
    if (!name.toLowerCase(Locale.ROOT).contains("group")) {
      return false;
    }
    var words = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    return Stream.of(words.split("[_-]", -1))
        .anyMatch(word -> word.equals("group") || word.equals("groups"));
  }

  private boolean isGroup(String text) {
    var meant = OwnSystems.meant(text);
    return Stream.concat(own.groups().stream(), ofPeople())
        .map(OwnSystems::folded)
        .anyMatch(meant::contains);
  }

  /** Groups that give functions: the organisation's own, and the approvers of this client. */
  private Stream<String> ofPeople() {
    var ours = people.groups().values().stream().map(People.Group::group);
    var approvers = people.approvers().get(tenant);
    var theirs = new HashSet<String>();
    if (approvers != null) {
      theirs.add(approvers.group());
      approvers.standIn().ifPresent(other -> theirs.add(other.group()));
    }
    return Stream.concat(ours, theirs.stream());
  }

  private static Stream<String> texts(Value value) {
    return switch (value) {
      case Value.Text(String text) -> Stream.of(text);
      case Value.Array(List<Value> items) -> items.stream().flatMap(Forbidden::texts);
      case Value.Obj object -> object.members().values().stream().flatMap(Forbidden::texts);
      case Value.Int _, Value.Real _, Value.Bool _, Value.Null _ -> Stream.of();
    };
  }
}
