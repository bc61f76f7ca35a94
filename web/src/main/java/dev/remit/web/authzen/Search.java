package dev.remit.web.authzen;

import dev.remit.core.advice.Access;
import dev.remit.core.advice.Advisor;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A search (AuthZEN 1.0, search APIs): every candidate is put in its place and decided on like any
 * evaluation, so that what is found would be permitted.
 *
 * <p>A page ends with its results, its decisions or its time, whichever comes first; the token says
 * where the next goes on.
 */
sealed interface Search {

  /** Candidates from this place on. */
  List<String> candidates(Advisor.View view, int from, int atMost);

  /** What is asked of one candidate. */
  Access asked(String candidate);

  /** How a candidate looks in the results. */
  Value.Obj result(String candidate);

  /** Who may do this to that. */
  record Subjects(
      Access.Entity wanted, Access.Action action, Access.Entity resource, Value.Obj context)
      implements Search {
    static Subjects read(Value.Obj sent) {
      return new Subjects(
          AccessReading.wanted(sent, "subject"),
          AccessReading.action(sent),
          AccessReading.resource(sent),
          AccessReading.context(sent));
    }

    @Override
    public List<String> candidates(Advisor.View view, int from, int atMost) {
      return view.subjects(wanted.type(), from, atMost);
    }

    @Override
    public Access asked(String candidate) {
      return new Access(
          new Access.Entity(wanted.type(), candidate, wanted.properties()),
          action,
          resource,
          context);
    }

    @Override
    public Value.Obj result(String candidate) {
      return Value.object("type", wanted.type(), "id", candidate);
    }
  }

  /** To what this subject may do this. */
  record Resources(
      Access.Entity subject, Access.Action action, Access.Entity wanted, Value.Obj context)
      implements Search {
    static Resources read(Value.Obj sent) {
      return new Resources(
          AccessReading.subject(sent),
          AccessReading.action(sent),
          AccessReading.wanted(sent, "resource"),
          AccessReading.context(sent));
    }

    @Override
    public List<String> candidates(Advisor.View view, int from, int atMost) {
      return view.resources(wanted.type(), from, atMost);
    }

    @Override
    public Access asked(String candidate) {
      return new Access(
          subject,
          action,
          new Access.Entity(wanted.type(), candidate, wanted.properties()),
          context);
    }

    @Override
    public Value.Obj result(String candidate) {
      return Value.object("type", wanted.type(), "id", candidate);
    }
  }

  /** What this subject may do to that. */
  record Actions(Access.Entity subject, Access.Entity resource, Value.Obj context)
      implements Search {
    static Actions read(Value.Obj sent) {
      return new Actions(
          AccessReading.subject(sent), AccessReading.resource(sent), AccessReading.context(sent));
    }

    @Override
    public List<String> candidates(Advisor.View view, int from, int atMost) {
      return view.actions(subject, from, atMost);
    }

    @Override
    public Access asked(String candidate) {
      return new Access(subject, new Access.Action(candidate, Value.Obj.EMPTY), resource, context);
    }

    @Override
    public Value.Obj result(String candidate) {
      return Value.object("name", candidate);
    }
  }

  /** One page. */
  static Value.Obj page(
      Search search,
      Advisor.View view,
      PageToken start,
      AccessLimits limits,
      BooleanSupplier isLate) {
    var results = new ArrayList<Value>();
    int limit = Math.min(start.limit(), limits.page());
    var candidates = search.candidates(view, start.from(), limits.candidates() + 1);
    int looked = 0;
    while (looked < Math.min(candidates.size(), limits.candidates())
        && results.size() < limit
        && !(looked > 0 && isLate.getAsBoolean())) {
      var candidate = candidates.get(looked++);
      if (view.on(search.asked(candidate)).isPermitted()) {
        results.add(search.result(candidate));
      }
    }
    boolean isAll = looked == candidates.size();
    return Value.object(
        "page",
        Value.object(
            "next_token", isAll ? "" : start.at(start.from() + looked), "count", results.size()),
        "results",
        new Value.Array(results));
  }

  /** Where this request wants to begin. */
  static PageToken start(Value.Obj sent, String digest, AccessLimits limits) {
    if (sent.get("page").isEmpty()) {
      return PageToken.first(limits.page(), digest);
    }
    var page = AccessReading.object(sent, "page");
    if (page.get("token").isEmpty() || page.get("token").get().equals(Value.of(""))) {
      return PageToken.first(limit(page, limits.page()), digest);
    }
    var token =
        PageToken.read(
            page.text("token")
                .orElseThrow(() -> new InvalidValueException("`page.token` must be text")),
            digest);
    if (limit(page, token.limit()) != token.limit()) {
      throw new InvalidValueException("`page.limit` must be as in the request before");
    }
    return token;
  }

  private static int limit(Value.Obj page, int standard) {
    if (page.get("limit").isEmpty()) {
      return standard;
    }
    long limit = page.integer("limit").orElse(-1L);
    if (limit < 0) {
      throw new InvalidValueException("`page.limit` must be an integer of at least 0");
    }
    return (int) Math.min(limit, 999_999_999);
  }
}
