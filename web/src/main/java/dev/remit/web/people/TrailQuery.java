package dev.remit.web.people;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.Journal.Field;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.web.http.Exchange;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a request asks of a trail. */
final class TrailQuery {

  private static final int LONGEST = 300;
  private static final Set<Field> SIMPLE = EnumSet.of(Field.CALL, Field.TASK);

  /** What such a request may name. */
  static final Set<String> PARAMETERS =
      Stream.concat(
              Stream.of("tenant", "since", "until", "from", "limit"),
              Arrays.stream(Field.values()).map(Field::text))
          .collect(Collectors.toUnmodifiableSet());

  private TrailQuery() {}

  /** Whether it asks for more than calls, tasks and a beginning. */
  static boolean isSearch(Exchange exchange) {
    return exchange.query("until").isPresent()
        || Arrays.stream(Field.values())
            .filter(field -> !SIMPLE.contains(field))
            .anyMatch(field -> exchange.query(field.text()).isPresent());
  }

  static Journal.Search of(Exchange exchange, TenantId tenant) {
    var wanted = new EnumMap<Field, String>(Field.class);
    for (var field : Field.values()) {
      exchange
          .query(field.text())
          .ifPresent(text -> wanted.put(field, shortEnough(field.text(), text)));
    }
    return new Journal.Search(
        tenant,
        wanted,
        exchange.query("since").map(PeopleRoutes::instant),
        exchange.query("until").map(PeopleRoutes::instant),
        exchange.query("from").map(text -> PeopleRoutes.number("from", text, 0)).orElse(0L),
        PeopleRoutes.limit(exchange));
  }

  private static String shortEnough(String name, String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new InvalidValueException("`" + name + "` has 1 to " + LONGEST + " characters");
    }
    return text;
  }

  static Value.Obj page(List<Journal.Stored> entries, Optional<Long> next) {
    var page = Value.object("entries", entries.stream().map(Views::entry).toList());
    return next.isPresent() ? page.with("next", Value.of(next.get())) : page;
  }
}
