package dev.remit.lab.rmm;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.vendor.OAuthClient;
import dev.remit.lab.vendor.Tokens;
import dev.remit.lab.vendor.Vendor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The RMM. */
public final class Rmm {
  private Rmm() {}

  /** Its API over the estate. */
  public static Vendor of(Estate estate, Tokens tokens, OAuthClient client) {
    return new Vendor(
        "rmm",
        "",
        tokens,
        client,
        Set.of("monitoring", "management", "control"),
        Stream.of(
                new OrganizationApi(estate).operations(),
                new DeviceApi(estate).operations(),
                new ActApi(estate).operations(),
                new PatchApi(estate).operations(),
                new LogApi(estate).operations(),
                new TicketApi(estate).operations())
            .flatMap(List::stream)
            .toList());
  }
}
