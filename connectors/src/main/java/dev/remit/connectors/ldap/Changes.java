package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import dev.remit.connectors.common.Results;
import dev.remit.core.execution.Connector.Request;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The acts that change an entry. Each change carries the assertion (RFC 4528) that the entry is
 * still as it was judged, where the directory knows assertions.
 */
final class Changes {
  private static final Execution.Failed PROTECTED =
      new Execution.Failed("the account is protected, or nobody can say that it is not");
  private final Passwords passwords;
  private final Optional<Handover> handover;

  Changes(Passwords passwords, Optional<Handover> handover) {
    this.passwords = passwords;
    this.handover = handover;
  }

  /** Everything that one execution is about. */
  record Moment(
      LdapExecutor.Operation operation,
      Request request,
      SendBy sendBy,
      Cut cut,
      Progress progress,
      Duration left) {

    /** Why nothing may be sent any more, if so. */
    Optional<Execution> unsent() {
      if (sendBy.isPast()) {
        return Optional.of(new Execution.Failed("the time to send was over"));
      }
      return cut.isCut()
          ? Optional.of(new Execution.Failed("cut before it was sent"))
          : Optional.empty();
    }
  }

  Execution disable(
      LDAPConnection session, Moment moment, Act.Assignment off, Entry entry, String name)
      throws LDAPException {
    if (isProtected(session, moment, entry)) {
      return PROTECTED;
    }
    boolean wasOff = Searches.values(entry, off.attribute()).equals(List.of(off.value()));
    var unsent = moment.unsent();
    if (unsent.isPresent()) {
      return unsent.get();
    }
    if (!wasOff) {
      moment.progress().sending();
      change(session, moment, entry, List.of(off.modification()));
    }
    var after = Searches.at(session, entry.getParsedDN(), List.of(off.attribute()));
    boolean isOff =
        after
            .filter(now -> Searches.values(now, off.attribute()).contains(off.value()))
            .isPresent();
    return isOff
        ? new Execution.Done(
            Results.of(Value.object("user", name, "disabled", true, "wasDisabled", wasOff)),
            List.of())
        : new Execution.Unknown("the directory said yes, and the entry does not show it");
  }

  Execution reset(
      LDAPConnection session, Moment moment, Act.ResetPassword reset, Entry entry, String name)
      throws LDAPException {
    if (isProtected(session, moment, entry)) {
      return PROTECTED;
    }
    var place = handover.orElseThrow(() -> new IllegalStateException("checked when it was made"));
    var password = passwords.ofPerson();
    var parcel =
        new Handover.Parcel(
            moment.request().call(), moment.request().tenant().id().value(), name, password);
    var handed = place.hand(parcel, moment.sendBy(), moment.cut(), moment.left().dividedBy(2));
    if (handed instanceof Handover.NotTaken(String detail)) {
      return new Execution.Failed("the password could not be handed over: " + detail);
    }
    var unsent = moment.unsent();
    if (unsent.isPresent()) {
      return unsent.get();
    }
    moment.progress().sending();
    var refusal = set(session, moment, reset, entry, password);
    return refusal.orElseGet(() ->
        new Execution.Done(
            Results.of(
                Value.object(
                    "user", name, "mustChange", true, "handedOver", moment.request().call())),
            List.of()));
  }

  private Optional<Execution> set(
      LDAPConnection session, Moment moment, Act.ResetPassword reset, Entry entry, String password)
      throws LDAPException {
    var mustChange = reset.mustChange();
    var changes = new ArrayList<Modification>();
    reset.form().ifPresent(form -> changes.add(passwords.replacing(form, password)));
    changes.add(mustChange.modification());
    change(session, moment, entry, changes);
    if (reset.form().isPresent()) {
      return Optional.empty();
    }
    var answer =
        session.processExtendedOperation(
            new PasswordModifyExtendedRequest(entry.getDN(), null, password));
    if (answer.getResultCode().equals(ResultCode.SUCCESS)) {
      return stillMustChange(session, entry, mustChange);
    }
    var refused = new LDAPException(answer);
    if (Answers.isLost(refused)) {
      throw refused;
    }
    session.modify(
        entry.getDN(), mustChange.undoing(Searches.values(entry, mustChange.attribute())));
    throw refused;
  }

  /** Some directories forget it when the password changes, OpenLDAP among them. */
  private static Optional<Execution> stillMustChange(
      LDAPConnection session, Entry entry, Act.Assignment mustChange) {
    try {
      var now = Searches.at(session, entry.getParsedDN(), List.of(mustChange.attribute()));
      boolean isSet =
          now.filter(found ->
                  Searches.values(found, mustChange.attribute()).contains(mustChange.value()))
              .isPresent();
      if (!isSet) {
        session.modify(entry.getDN(), mustChange.modification());
      }
      return Optional.empty();
    } catch (LDAPException e) {
      return Optional.of(
          new Execution.Unknown("the password is set; whether it must be changed is not known"));
    }
  }

  private static boolean isProtected(LDAPConnection session, Moment moment, Entry entry)
      throws LDAPException {
    return moment.operation().kind().verdict(session, entry) != Protection.Verdict.NO;
  }

  private static void change(
      LDAPConnection session, Moment moment, Entry entry, List<Modification> changes)
      throws LDAPException {
    var request = new ModifyRequest(entry.getDN(), changes);
    var dse = session.getRootDSE();
    if (dse == null) {
      throw new LDAPException(
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "the root entry cannot be read");
    }
    if (dse.supportsControl(AssertionRequestControl.ASSERTION_REQUEST_OID)) {
      var unchanged = moment.operation().kind().unchanged(entry);
      request.addControl(new AssertionRequestControl(unchanged, true));
    }
    session.modify(request);
  }
}
