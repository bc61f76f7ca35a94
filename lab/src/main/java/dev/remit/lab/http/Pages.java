package dev.remit.lab.http;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Lists as `{items, total}`: one page after an id, and how many there are on all pages. */
public final class Pages {
  private Pages() {}

  /** The page that the call's `pageSize` and `after` name; `all` is in the order of ids. */
  public static <T> Reply of(
      List<T> all, ToIntFunction<T> id, Function<T, Map<String, Object>> view, Call call) {
    int after = call.queryInt("after", 0, 0, Integer.MAX_VALUE);
    int size = call.queryInt("pageSize", 100, 1, 1000);
    return Reply.ok(
        Json.object(
            "items",
            all.stream().filter(one -> id.applyAsInt(one) > after).limit(size).map(view).toList(),
            "total",
            all.size()));
  }

  /** Whether a query parameter is absent or has this value. */
  public static boolean fits(Call call, String name, Object value) {
    return call.query(name).filter(text -> !text.equals(String.valueOf(value))).isEmpty();
  }
}
