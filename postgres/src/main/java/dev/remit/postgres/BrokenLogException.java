package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * The log of a tenant is not what was signed: what is stored was changed from outside, or is of
 * another time. Nothing is integrated into it until people looked.
 */
public final class BrokenLogException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final transient TenantId tenant;

  BrokenLogException(TenantId tenant, @Nullable Throwable cause) {
    this(tenant, "no longer matches its last checkpoint", cause);
  }

  /**
   * @param how what is wrong, as the end of a sentence about the log
   */
  public BrokenLogException(TenantId tenant, String how, @Nullable Throwable cause) {
    super("the log of tenant `" + tenant + "` " + how, cause);
    this.tenant = tenant;
  }

  /** Whose log it is. */
  public TenantId tenant() {
    return tenant;
  }
}
