package dev.remit.connectors.postgres;

import dev.remit.core.value.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One declared query with {@code :name} parameters, turned into a prepared one.
 *
 * <p>Promises: a parameter is bound, never pasted. Refused are: more than one statement, anything
 * that does not begin with {@code select} or {@code with}, positional marks, dollar quotes,
 * comments and unfinished quotes. That the query writes nothing is held by the database: it runs in
 * a read-only transaction.
 *
 * @param names the parameters in the order of their places
 */
record NamedQuery(String sql, List<String> names) {
  NamedQuery {
    names = List.copyOf(names);
  }

  static NamedQuery parse(String text) {
    var head = text.strip().toLowerCase(Locale.ROOT);
    if (!head.startsWith("select ") && !head.startsWith("select\n") && !head.startsWith("with ")) {
      throw new InvalidValueException("a query begins with `select` or `with`");
    }
    return new Scanner(text.strip()).scan();
  }

  String requireNoParameters() {
    if (!names.isEmpty()) {
      throw new InvalidValueException("the inventory's query takes no parameters");
    }
    return sql;
  }

  private static final class Scanner {
    private final String text;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    NamedQuery scan() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
          quoted(c);
        } else if (text.startsWith("::", at)) {
          sql.append("::");
          at += 2;
        } else if (c == ':') {
          parameter();
        } else {
          plain(c);
        }
      }
      return new NamedQuery(sql.toString(), names);
    }

    private void quoted(char quote) {
      int end = text.indexOf(quote, at + 1);
      if (end < 0) {
        throw new InvalidValueException("a quote in the query does not end");
      }
      if (text.substring(at, end).indexOf('\\') >= 0 || text.substring(at, end).indexOf('?') >= 0) {
        throw new InvalidValueException("no backslash and no `?` in quotes of a query");
      }
      sql.append(text, at, end + 1);
      at = end + 1;
    }

    private void parameter() {
      int end = at + 1;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      if (end == at + 1) {
        throw new InvalidValueException("a parameter of a query has a name after its colon");
      }
      names.add(text.substring(at + 1, end));
      sql.append('?');
      at = end;
    }

    private static boolean isNamePart(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    private void plain(char c) {
      if (c == ';' || c == '?' || c == '$' || c == '\\') {
        throw new InvalidValueException("no `" + c + "` in a query");
      }
      if (text.startsWith("--", at) || text.startsWith("/*", at)) {
        throw new InvalidValueException("no comments in a query");
      }
      sql.append(c);
      at++;
    }
  }
}
