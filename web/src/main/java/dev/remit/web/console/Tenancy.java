package dev.remit.web.console;

import dev.remit.core.tenant.TenantId;
import java.util.List;

/**
 * The tenant a page is about, and those it could be about.
 *
 * @param choices all the reader may see, at most {@link #MOST}
 * @param hasMore whether there are more than are listed
 */
public record Tenancy(Choice chosen, List<Choice> choices, boolean hasMore, String base) {

  /** So many are offered beside a page; the page of tenants leads to all. */
  public static final int MOST = 50;

  public Tenancy {
    choices = List.copyOf(choices);
  }

  /** A tenant by name. */
  public record Choice(TenantId id, String name) {}

  /** Where this page is for that tenant. */
  public String path(Choice choice) {
    return base + "/" + choice.id().value();
  }
}
