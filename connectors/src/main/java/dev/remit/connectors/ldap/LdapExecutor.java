package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Results;
import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector.Request;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries declared acts out as the leased account.
 *
 * <p>The record is read once more right before an act, in the session of the act: it must be the
 * tenant's, and for a change it must be provably unprotected.
 */
final class LdapExecutor {
  private final InstantSource clock;
  private final Changes changes;
  private final String member;

  LdapExecutor(InstantSource clock, Changes changes, String member) {
    this.clock = clock;
    this.changes = changes;
    this.member = member;
  }

  /** An operation as declared, read once. */
  record Operation(Tool tool, Act act, RecordKind kind, String argument) {
    static Operation of(Tool tool, java.util.Map<String, RecordKind> kinds) {
      var where = "tool `" + tool.name() + "`";
      if (tool.targets().size() != 1) {
        throw new InvalidValueException(where + ": it acts on exactly one target");
      }
      var target = tool.targets().getFirst();
      var kind = kinds.get(target.kind());
      if (kind == null || !target.connector().equals(tool.connector())) {
        throw new InvalidValueException(where + ": its target is no kind of this connector");
      }
      var act = Act.of(new Settings(where, tool.settings()), tool.effect());
      if (act.isChange() && kind.protections().size() < 2) {
        throw new InvalidValueException(
            where + ": declare `protected` with `admins` and `break-glass`; none is not nobody");
      }
      return new Operation(tool, act, kind, target.argument());
    }

    private Set<String> more() {
      return switch (act) {
        case Act.Read(var show) -> new LinkedHashSet<>(show);
        case Act.ListMembers list -> Set.of();
        case Act.ResetPassword(var form, var mustChange) -> Set.of(mustChange.attribute());
        case Act.Disable(var off) -> Set.of(off.attribute());
      };
    }
  }

  Execution execute(
      Operation operation, Request request, AccountCredential account, SendBy sendBy, Cut cut) {
    var progress = new Progress();
    try {
      return account.with(session -> run(session, operation, request, sendBy, cut, progress));
    } catch (LDAPException e) {
      return failed(e, progress);
    }
  }

  private static Execution failed(LDAPException e, Progress progress) {
    var words = Answers.words(e);
    if (!progress.isSent()) {
      return new Execution.Failed(words + "; nothing was sent");
    }
    return Answers.isLost(e)
        ? new Execution.Unknown(words)
        : new Execution.Rejected(words, Results.error("the directory refused"));
  }

  private Execution run(
      LDAPConnection session,
      Operation operation,
      Request request,
      SendBy sendBy,
      Cut cut,
      Progress progress)
      throws LDAPException {
    var left = left(operation, request);
    if (left.isNegative() || left.isZero()) {
      return new Execution.Failed("the deadline was over before it was sent");
    }
    session.getConnectionOptions().setResponseTimeoutMillis(left.toMillis());
    var takeBack = cut.onCut(session::close);
    try {
      return found(session, new Changes.Moment(operation, request, sendBy, cut, progress, left));
    } finally {
      takeBack.run();
    }
  }

  private Duration left(Operation operation, Request request) {
    var own = clock.instant().plus(operation.tool().timeout());
    var end = own.isBefore(request.deadline()) ? own : request.deadline();
    return Duration.between(clock.instant(), end);
  }

  private Execution found(LDAPConnection session, Changes.Moment moment) throws LDAPException {
    var operation = moment.operation();
    var name =
        moment.request().arguments().get(operation.argument()).flatMap(Pointer::scalar).orElse("");
    var entry = operation.kind().find(session, name, operation.more());
    if (entry.isEmpty()) {
      return new Execution.Failed("no such record");
    }
    var owner = operation.kind().owner(entry.get());
    var tenants =
        moment
            .request()
            .tenant()
            .externalIds()
            .getOrDefault(operation.tool().connector().value(), "");
    if (owner.isEmpty() || !owner.equals(tenants)) {
      return new Execution.Failed("the record is not this tenant's");
    }
    var unsent = moment.unsent();
    if (unsent.isPresent()) {
      return unsent.get();
    }
    return switch (operation.act()) {
      case Act.Read(var show) -> read(entry.get(), name, show);
      case Act.ListMembers(int rows) -> members(session, operation, entry.get(), owner, rows);
      case Act.ResetPassword reset -> changes.reset(session, moment, reset, entry.get(), name);
      case Act.Disable(var off) -> changes.disable(session, moment, off, entry.get(), name);
    };
  }

  private static Execution read(Entry entry, String name, List<String> show) {
    var shown = Value.object("id", name);
    for (String attribute : show) {
      shown = shown.with(attribute, Value.texts(Searches.values(entry, attribute)));
    }
    return new Execution.Done(Results.of(shown), List.of());
  }

  /** Names of the group's own company only; others are counted and not named. */
  private Execution members(
      LDAPConnection session, Operation operation, Entry group, String owner, int rows)
      throws LDAPException {
    var found = Searches.at(session, group.getParsedDN(), List.of(member));
    var names = new ArrayList<Value>();
    long others = 0;
    boolean isTruncated = false;
    for (String text : found.map(entry -> Searches.values(entry, member)).orElse(List.of())) {
      if (names.size() + others >= rows) {
        isTruncated = true;
        break;
      }
      var own = own(session, operation, text, owner);
      own.ifPresent(name -> names.add(Value.of(name)));
      others += own.isPresent() ? 0 : 1;
    }
    return new Execution.Done(
        Results.of(Value.object("members", names, "others", others, "isTruncated", isTruncated)),
        List.of());
  }

  private static Optional<String> own(
      LDAPConnection session, Operation operation, String text, String owner) throws LDAPException {
    if (!DN.isValidDN(text)) {
      return Optional.empty();
    }
    var dn = new DN(text);
    var kind = operation.kind();
    var entry = Searches.at(session, dn, Set.of("cn", "uid", "mail", kind.id()));
    boolean isOwn = entry.isPresent() && kind.owner(entry.get()).equals(owner);
    return isOwn
        ? Searches.single(entry.get(), "mail")
            .or(() -> Searches.single(entry.get(), kind.id()))
            .or(() -> Searches.single(entry.get(), "uid"))
            .or(() -> Searches.single(entry.get(), "cn"))
        : Optional.empty();
  }
}
