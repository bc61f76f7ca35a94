package dev.remit.core.oversight;

import dev.remit.core.approval.Assertion;
import dev.remit.core.call.CallId;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How people look at what was done. Reading is for those who may see the tenant; certifying and
 * objecting is for overseers who had no part in it, signed by their key.
 */
public interface Certifications {

  /** Most items that one gesture covers. */
  int MOST = 25;

  /** Open items of a tenant as this person sees them; none where the person sees no such tenant. */
  Page open(Person person, TenantId tenant, Optional<String> cursor, int limit);

  /** The same for whoever holds the machine, who certifies nothing. */
  List<Item> open(TenantId tenant, int limit);

  /** What the person's key has to sign for exactly these, in this order. */
  Asked ask(Person person, TenantId tenant, boolean isObjection, List<CallId> calls);

  /** Stores the verdict on all of them, or on none. */
  Result certify(
      Person person,
      TenantId tenant,
      boolean isObjection,
      List<CallId> calls,
      String reason,
      Assertion assertion);

  /** How much waits at these tenants. */
  List<OversightLedger.Waiting> waiting(Set<TenantId> tenants);

  /** One page of items. */
  record Page(List<Shown> items, Optional<String> next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /** An item as somebody sees it; `whyNot` says why this person does not certify it. */
  record Shown(Item item, Optional<String> whyNot) {}

  /** The answer to {@link #ask}. */
  sealed interface Asked {}

  /**
   * Sign this.
   *
   * @param challenge base64url without padding
   * @param keys credential ids that may sign
   */
  record Sign(String challenge, List<Item> items, List<String> keys) implements Asked {
    public Sign {
      items = List.copyOf(items);
      keys = List.copyOf(keys);
    }
  }

  /** The answer to {@link #certify}. */
  sealed interface Result {}

  /** It is stored. */
  record Stored(int items) implements Result {}

  /** It is not; `why` in words for the person. */
  record NotTaken(String why) implements Asked, Result {}
}
