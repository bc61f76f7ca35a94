package dev.remit.identity.token;

import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.identity.binding.SenderBinding;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proves agents by task tokens of this installation, and everybody else by asking on.
 *
 * <p>A task token is believed from the holder of its key alone, and as long as its agent is
 * registered. Whether its task is open and it was not revoked is asked where it is used.
 */
public final class TaskTokenAuthenticator implements Authenticator {

  private final TaskTokens tokens;
  private final SenderBinding binding;
  private final Supplier<Release> release;
  private final Authenticator others;

  /** Stands before the others. */
  public TaskTokenAuthenticator(
      TaskTokens tokens, SenderBinding binding, Supplier<Release> release, Authenticator others) {
    this.tokens = tokens;
    this.binding = binding;
    this.release = release;
    this.others = others;
  }

  @Override
  public Authentication authenticate(Presented presented, Instant at) {
    var shown = presented.credential().filter(one -> tokens.isOurs(one.token(), at));
    return shown.isPresent()
        ? ofTask(shown.get(), presented, at)
        : others.authenticate(presented, at);
  }

  private Authentication ofTask(Credential shown, Presented presented, Instant at) {
    var read = tokens.read(shown.token(), at);
    if (read.isEmpty()) {
      return new Refused("the task token is dead or not one of ours");
    }
    var token = read.get();
    return switch (binding.of(shown, token.confirmation(), presented, at)) {
      case SenderBinding.Bound(InstanceId instance) -> registered(token, instance);
      case SenderBinding.Unbound() -> new Refused("a task token is bound to a key");
      case SenderBinding.Foreign(String detail) -> new Refused(detail);
      case SenderBinding.NeedsNonce(String nonce) -> new NonceNeeded(nonce);
    };
  }

  private Authentication registered(TaskTokens.Read token, InstanceId instance) {
    try {
      var agentClass = release.get().agentClasses().get(token.agent().agentClass());
      boolean isRegistered =
          agentClass != null
              && agentClass.identities().stream()
                  .anyMatch(one -> one.agent().equals(token.agent()) && !one.isAutomation());
      if (agentClass == null || !isRegistered) {
        return new Refused("the task token's agent is not registered");
      }
      var own = agentClass.spans(token.agent()) ? token.token().ofTriage() : token.token();
      return new Authenticated(
          new Caller.Agent(token.agent(), instance, true, token.expiresAt(), Optional.of(own)));
    } catch (Releases.PolicyUnavailableException e) {
      return new Unavailable("no policy version can be had");
    }
  }
}
