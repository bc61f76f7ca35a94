package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.policy.Origin;
import java.util.Set;
import java.util.regex.Pattern;

/** Databases that speak PostgreSQL: queries with bound parameters, roles that live for a moment. */
final class PostgresLanguage implements ConnectorLanguage {
  private static final Form QUERY =
      new Form(
          "one select without `;` and comments",
          "select 1",
          text ->
              text.length() <= 8_000
                  && text.strip().regionMatches(true, 0, "select ", 0, 7)
                  && !text.contains(";")
                  && !text.contains("--")
                  && !text.contains("/*"));
  private static final Form GRANT =
      Form.matching(
          "such as `usage on schema {collection}` or `select on {collection}.asset`",
          "x",
          "(?:usage on schema|select on|insert on|update on|delete on) "
              + "[a-z_{][a-z0-9_{}]*(?:\\.[a-z_][a-z0-9_]*)?");
  private static final Form COLUMN =
      Form.matching("the name of a column", "x", "[a-z_][a-z0-9_]{0,62}");
  private static final Form IDENTIFIER =
      Form.matching("an identifier or a whole {argument}", "x", "[a-z_{][a-z0-9_{}]{0,62}");
  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-z][a-z0-9_]*)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");
  private static final Set<String> OPERATION =
      Set.of("query", "grants", "search-path", "member-of", "rows", "owner", "fields", "withhold");

  @Override
  public Set<String> operationNames() {
    return OPERATION;
  }

  @Override
  public void connector(Section section) {
    section.optionalPositive("limit-bytes", 16 * 1024 * 1024);
    var broker = section.section("broker");
    broker.text("kind", Form.oneOf("postgres-role"));
    broker.duration("life");
    broker.optionalTexts("read-grants", GRANT);
    broker.close();
  }

  @Override
  public void inventory(Section record) {
    query(record, Set.of());
    RecordMembers.read(record, COLUMN);
  }

  @Override
  public void tickets(Section tickets) {
    tickets.problem(tickets.origin(), "tickets are read over http only; remove `tickets`");
  }

  @Override
  public void operation(Section operation, Set<String> arguments, Grade effect) {
    query(operation, arguments);
    operation
        .texts("grants", GRANT)
        .forEach(grant -> identifiers(operation, grant.text(), grant.origin(), arguments));
    operation
        .optionalText("search-path", IDENTIFIER)
        .ifPresent(
            path -> identifiers(operation, path, operation.origin("search-path"), arguments));
    operation.positive("rows", 10_000);
    operation.optionalText("owner", COLUMN);
    operation.optionalTexts("fields", COLUMN);
    operation.optionalTexts("withhold", COLUMN);
    if (effect != Grade.OBSERVE) {
      operation.problem("effect", "a query only observes; use `effect: observe`");
    }
  }

  private static void query(Section section, Set<String> arguments) {
    var matcher = PARAMETER.matcher(section.text("query", QUERY));
    while (matcher.find()) {
      if (!arguments.contains(matcher.group(1))) {
        section.problem("query", "`:" + matcher.group(1) + "` is not among the arguments");
      }
    }
  }

  private static void identifiers(Section section, String text, Origin at, Set<String> arguments) {
    var matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (!arguments.contains(matcher.group(1))) {
        section.problem(at, "`{" + matcher.group(1) + "}` is not among the arguments");
      }
    }
  }
}
