package dev.remit.postgres;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.release.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An intent that differs from a valid one in what a test names. */
final class Intents {

  private Intent intent;

  private Intents(Intent intent) {
    this.intent = intent;
  }

  static Intents of(Intent intent) {
    return new Intents(intent);
  }

  Intent build() {
    return intent;
  }

  Intents killScopes(List<String> scopes) {
    return with(scopes, intent.version(), intent.targets(), intent.approval(), intent.at());
  }

  Intents version(VersionId version) {
    return with(intent.killScopes(), version, intent.targets(), intent.approval(), intent.at());
  }

  Intents targets(List<Intent.SeenTarget> targets) {
    return with(intent.killScopes(), intent.version(), targets, intent.approval(), intent.at());
  }

  Intents approval(ProposalId approval) {
    return with(
        intent.killScopes(),
        intent.version(),
        intent.targets(),
        Optional.of(approval),
        intent.at());
  }

  Intents at(Instant at) {
    return with(intent.killScopes(), intent.version(), intent.targets(), intent.approval(), at);
  }

  Intents joinKey(String key) {
    return rest(Optional.of(key), intent.joinSince(), intent.entry());
  }

  Intents joinSince(Instant since) {
    return rest(intent.joinKey(), since, intent.entry());
  }

  Intents entry(Entry entry) {
    return rest(intent.joinKey(), intent.joinSince(), entry);
  }

  private Intents with(
      List<String> scopes,
      VersionId version,
      List<Intent.SeenTarget> targets,
      Optional<ProposalId> approval,
      Instant at) {
    intent =
        new Intent(
            intent.call(),
            intent.tenant(),
            intent.task(),
            scopes,
            version,
            targets,
            approval,
            intent.lease(),
            at,
            intent.sendBy(),
            intent.settleBy(),
            intent.replica(),
            intent.joinKey(),
            intent.joinSince(),
            intent.entry());
    return this;
  }

  private Intents rest(Optional<String> joinKey, Instant joinSince, Entry entry) {
    intent =
        new Intent(
            intent.call(),
            intent.tenant(),
            intent.task(),
            intent.killScopes(),
            intent.version(),
            intent.targets(),
            intent.approval(),
            intent.lease(),
            intent.at(),
            intent.sendBy(),
            intent.settleBy(),
            intent.replica(),
            joinKey,
            joinSince,
            entry);
    return this;
  }
}
