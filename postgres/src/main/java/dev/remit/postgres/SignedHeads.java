package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.TreeHead;
import java.util.Map;
import java.util.Optional;

/**
 * What this server remembers of the heads that it signed, outside the database: a database that was
 * set back, or that forgot, is noticed before a second history is signed.
 */
public interface SignedHeads {

  /** Remembers nothing. */
  SignedHeads NONE =
      new SignedHeads() {
        @Override
        public Optional<TreeHead> last(TenantId tenant) {
          return Optional.empty();
        }

        @Override
        public void signed(Map<TenantId, TreeHead> heads) {}
      };

  /** The largest head that was signed for this tenant here. */
  Optional<TreeHead> last(TenantId tenant);

  /** To be told before a head is given away; durable when it returns, else it throws. */
  void signed(Map<TenantId, TreeHead> heads);
}
