package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.policy.Kinds;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Databases that speak PostgreSQL: queries with bound parameters, roles that live for a moment.
 *
 * <p>{@code {collection}} stands for the schema of the tenant's own collection, never for an
 * argument.
 */
final class PostgresLanguage implements ConnectorLanguage {
  private static final Form QUERY =
      new Form(
          "one select without `;`, `?`, `$`, `\\` and comments",
          "select 1",
          PostgresLanguage::isQuery);
  private static final Form ROLE =
      Form.matching(
          "a role such as {collection}_reader",
          "x",
          "[a-z_][a-z0-9_]{0,62}|[a-z0-9_]{0,20}\\{collection}[a-z0-9_]{0,20}");
  private static final Form TABLE =
      Form.matching(
          "a table such as {collection}.asset or catalog.collection(id, title)",
          "x",
          "(?:[a-z_][a-z0-9_]{0,62}|\\{collection})\\.[a-z_][a-z0-9_]{0,62}"
              + "(?:\\([a-z_][a-z0-9_]*(?:, ?[a-z_][a-z0-9_]*)*\\))?");
  private static final Form ATTRIBUTE =
      new Form("the name of a column of the query", "x", Kinds::isAttributeName);
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([A-Za-z0-9_]+)");
  private static final Set<String> OPERATION =
      Set.of("query", "grants", "rows", "bytes", "owner", "fields", "withhold");

  private static boolean isQuery(String text) {
    String head = text.strip().toLowerCase(java.util.Locale.ROOT);
    return text.length() <= 8_000
        && (head.startsWith("select ") || head.startsWith("with "))
        && text.chars().noneMatch(c -> ";?$\\".indexOf(c) >= 0)
        && !text.contains("--")
        && !text.contains("/*");
  }

  @Override
  public Set<String> operationNames() {
    return OPERATION;
  }

  @Override
  public void connector(Section section) {
    var broker = section.section("broker");
    broker.optionalText("kind", Form.PLAIN_NAME);
    broker.duration("life");
    if (broker.has("statement-timeout")) {
      broker.duration("statement-timeout");
    }
    grants(broker.section("grants"));
    broker.close();
    if (section.section("inventory").names().size() > 1) {
      section.problem("inventory", "a database has one kind of record; remove the others");
    }
  }

  private static void grants(Section grants) {
    grants.optionalTexts("roles", ROLE);
    grants.optionalTexts("tables", TABLE);
    if (!grants.has("roles") && !grants.has("tables")) {
      grants.problem(grants.origin(), "grants nothing; name `roles` or `tables`");
    }
    grants.close();
  }

  @Override
  public void inventory(Section record) {
    query(record, Set.of());
    var declared = new HashSet<String>();
    record.texts("attributes", ATTRIBUTE).forEach(name -> declared.add(name.text()));
    for (var name : record.optionalTexts("binding", ATTRIBUTE)) {
      if (!declared.contains(name.text())) {
        record.problem(name.origin(), "`" + name.text() + "` is not among the attributes");
      }
    }
  }

  @Override
  public void tickets(Section tickets) {
    tickets.problem(tickets.origin(), "tickets are read over http only; remove `tickets`");
  }

  @Override
  public void operation(Section operation, Set<String> arguments, Grade effect) {
    query(operation, arguments);
    operation.optionalSection("grants").ifPresent(PostgresLanguage::grants);
    operation.positive("rows", 10_000);
    operation.optionalPositive("bytes", 4 * 1024 * 1024);
    operation.optionalText("owner", Form.POINTER);
    operation.optionalTexts("fields", Form.POINTER);
    operation.optionalTexts("withhold", Form.POINTER);
    if (effect != Grade.OBSERVE && effect != Grade.LOW) {
      operation.problem(
          "effect", "a query only observes; use `observe`, or `low` for a role of its own");
    }
  }

  private static void query(Section section, Set<String> arguments) {
    var sql = QUOTED.matcher(section.text("query", QUERY)).replaceAll("");
    var matcher = PARAMETER.matcher(sql);
    while (matcher.find()) {
      if (!arguments.contains(matcher.group(1))) {
        section.problem("query", "`:" + matcher.group(1) + "` is not among the arguments");
      }
    }
  }
}
