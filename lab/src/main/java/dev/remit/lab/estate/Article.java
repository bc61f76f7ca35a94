package dev.remit.lab.estate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A knowledge-base article with everything it ever said.
 *
 * @param company whose it is; 0 for the MSP's own
 * @param audience `internal` or `client`
 * @param revisions the oldest first; never empty
 */
public record Article(int id, int company, String audience, List<Revision> revisions) {

  /**
   * One state of it.
   *
   * @param version counts from 1
   * @param author the OAuth client or the person who wrote it
   */
  public record Revision(int version, String title, String body, String author, Instant at) {}

  public Article {
    revisions = List.copyOf(revisions);
  }

  public Revision current() {
    return revisions.getLast();
  }

  Article with(Revision revision) {
    List<Revision> more = new ArrayList<>(revisions);
    more.add(revision);
    return new Article(id, company, audience, more);
  }
}
