package dev.remit.lab.estate;

import dev.remit.lab.estate.Article.Revision;
import dev.remit.lab.http.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The knowledge base. An update names the version it is based on. Thread safe. */
public final class Articles {
  private final InstantSource clock;
  private final Map<Integer, Article> articles = new TreeMap<>();

  Articles(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void fill(List<Article> seeded) {
    articles.clear();
    seeded.forEach(article -> articles.put(article.id(), article));
  }

  /** The article, or 404. */
  public synchronized Article get(int id) {
    Article article = articles.get(id);
    if (article == null) {
      throw Refusal.notFound("no article `" + id + "`");
    }
    return article;
  }

  public synchronized List<Article> all() {
    return List.copyOf(articles.values());
  }

  /** One more revision; 412 when the article is not in the version it is based on. */
  public synchronized Revision update(
      int id, int baseVersion, String title, String body, String author) {
    Article article = get(id);
    if (article.current().version() != baseVersion) {
      throw new Refusal(
          412,
          "precondition_failed",
          "the article is in version " + article.current().version() + "; read it again");
    }
    Revision next = new Revision(baseVersion + 1, title, body, author, clock.instant());
    articles.put(id, article.with(next));
    return next;
  }
}
