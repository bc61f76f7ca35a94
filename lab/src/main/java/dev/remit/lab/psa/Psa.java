package dev.remit.lab.psa;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.vendor.OAuthClient;
import dev.remit.lab.vendor.Tokens;
import dev.remit.lab.vendor.Vendor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The PSA. */
public final class Psa {
  /** What its API is divided into. */
  static final String READ = "read";

  static final String TICKETS = "tickets";
  static final String SEND = "send";
  static final String ARTICLES = "articles";

  private Psa() {}

  /** Its API over the estate. */
  public static Vendor of(Estate estate, Tokens tokens, OAuthClient client) {
    return new Vendor(
        "psa",
        "psa-",
        tokens,
        client,
        Set.of(READ, TICKETS, SEND, ARTICLES),
        Stream.of(
                new CompanyApi(estate).operations(),
                new TicketReads(estate).operations(),
                new TicketActs(estate).operations(),
                new ArticleApi(estate).operations())
            .flatMap(List::stream)
            .toList());
  }
}
