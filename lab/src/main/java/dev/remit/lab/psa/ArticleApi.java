package dev.remit.lab.psa;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Article;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Fields;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Pages;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import io.helidon.http.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The knowledge base. An update names the version it is based on, in `If-Match` (RFC 9110 §13.1.1)
 * or as `baseVersion`: 428 without one, 412 when it is not the current one.
 */
final class ArticleApi {
  private static final int LONG = 100_000;
  private final Estate estate;

  ArticleApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            "psa-articles",
            "/v1/articles",
            Psa.READ,
            this::list,
            "company",
            "audience",
            "bodies",
            "pageSize",
            "after"),
        Operation.get(
            "psa-article", "/v1/articles/{article}", Psa.READ, call -> tagged(article(call))),
        Operation.get(
            "psa-revisions", "/v1/articles/{article}/revisions", Psa.READ, this::revisions),
        Operation.get(
            "psa-revision", "/v1/articles/{article}/revisions/{version}", Psa.READ, this::revision),
        new Operation(
            "psa-article-update",
            Method.PUT,
            "/v1/articles/{article}",
            Psa.ARTICLES,
            Set.of(),
            this::update));
  }

  private Article article(Call call) {
    return estate.articles().get(call.pathInt("article"));
  }

  private static Reply tagged(Article article) {
    return Reply.ok(PsaViews.article(article)).with("ETag", tag(article.current().version()));
  }

  private static String tag(int version) {
    return "\"" + version + "\"";
  }

  private Reply list(Call call) {
    List<Article> fitting =
        estate.articles().all().stream()
            .filter(article -> Pages.fits(call, "company", article.company()))
            .filter(article -> Pages.fits(call, "audience", article.audience()))
            .toList();
    boolean isWhole = call.query("bodies").filter("true"::equals).isPresent();
    return Pages.of(fitting, Article::id, isWhole ? PsaViews::article : PsaViews::heading, call);
  }

  private Reply revisions(Call call) {
    List<Article.Revision> all = article(call).revisions();
    return Reply.ok(
        Json.object("items", all.stream().map(PsaViews::revision).toList(), "total", all.size()));
  }

  private Reply revision(Call call) {
    int version = call.pathInt("version");
    return Reply.ok(
        article(call).revisions().stream()
            .filter(revision -> revision.version() == version)
            .findFirst()
            .map(PsaViews::revision)
            .orElseThrow(() -> Refusal.notFound("no version `" + version + "`")));
  }

  private Reply update(Call call, Actor actor) {
    Article article = article(call);
    Map<String, Object> body = call.json();
    Fields.only(body, "title", "body", "baseVersion");
    int base = base(call, body);
    String title =
        body.containsKey("title") ? Fields.text(body, "title", 200) : article.current().title();
    String text = Fields.text(body, "body", LONG);
    Article.Revision next =
        estate.articles().update(article.id(), base, title, text, actor.clientId());
    estate
        .psaLog()
        .write(
            0,
            "ARTICLE",
            "ARTICLE_UPDATED",
            "Article",
            "article " + article.id() + " version " + next.version() + " by " + actor.clientId(),
            "",
            actor);
    return Reply.ok(PsaViews.revision(next)).with("ETag", tag(next.version()));
  }

  private static int base(Call call, Map<String, Object> body) {
    Optional<Integer> header =
        call.ifMatch()
            .map(text -> {
              if (!text.matches("\"[0-9]{1,9}\"")) {
                throw Refusal.badRequest("`If-Match` must be one entity tag");
              }
              return Integer.parseInt(text.substring(1, text.length() - 1));
            });
    if (!body.containsKey("baseVersion")) {
      return header.orElseThrow(
          () -> new Refusal(428, "precondition_required", "say which version this is based on"));
    }
    int named = Fields.integer(body, "baseVersion", 1, Integer.MAX_VALUE);
    if (header.filter(version -> version != named).isPresent()) {
      throw Refusal.badRequest("`If-Match` and `baseVersion` differ");
    }
    return named;
  }
}
