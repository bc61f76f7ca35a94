package dev.remit.core.advice;

import dev.remit.core.tenant.TenantId;
import java.util.List;

/**
 * Says what policy would say about one tenant.
 *
 * <p>Promises: an answer is advice. Nothing is admitted, counted against a limit or kept for later
 * by it, and what is permitted here is decided again when it is done.
 */
public interface Advisor {

  /**
   * The view that one request is answered on: one policy version.
   *
   * @throws dev.remit.core.release.Releases.PolicyUnavailableException when there is none
   */
  View of(TenantId tenant);

  /** One policy version and one tenant. Used by one thread. */
  interface View {

    /** The answer; never throws for what was asked, whatever it is. */
    Advice on(Access access);

    /**
     * Names of subjects of this type that may be asked about, in an order that stays, from this
     * place on; at most so many. An unknown type has none.
     */
    List<String> subjects(String type, int from, int atMost);

    /** The same for resources of this type. */
    List<String> resources(String type, int from, int atMost);

    /** The same for names of actions that this subject could have. */
    List<String> actions(Access.Entity subject, int from, int atMost);
  }
}
