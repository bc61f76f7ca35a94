package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.core.value.Value;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Systems that speak HTTP and JSON. */
final class HttpLanguage implements ConnectorLanguage {
  private static final Form METHOD = Form.oneOf("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Form COMPLETION = Form.oneOf("answer", "job");
  private static final Form PATH =
      new Form("a path of plain words and whole {argument} segments", "/x", HttpLanguage::isPath);
  private static final Form SCOPE = Form.matching("an oauth scope", "x", "[!#-\\[\\]-~]{1,100}");
  private static final Pattern SEGMENT =
      Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]*|\\{[A-Za-z0-9_-]{1,64}}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_-]{1,64})}");

  /** Kinds of brokers whose credentials can do what they can, whatever is asked for. */
  private static final Set<String> WITHOUT_SCOPES = Set.of("sealed-key", "vault-lease");

  private static final Set<String> OPERATION =
      Set.of("request", "completion", "read-back", "job", "owner", "withhold", "fields", "scopes");

  private static boolean isPath(String text) {
    if (!text.startsWith("/") || text.length() > 500) {
      return false;
    }
    for (String segment : text.substring(1).split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Set<String> operationNames() {
    return OPERATION;
  }

  @Override
  public void connector(Section section) {
    section.optionalPositive("limit-bytes", 16 * 1024 * 1024);
    var broker = section.section("broker");
    boolean hasScopes =
        broker.optionalText("kind", Form.PLAIN_NAME).filter(WITHOUT_SCOPES::contains).isEmpty();
    broker.duration("life");
    if (hasScopes) {
      scopes(broker);
      broker.optionalText("probe", PATH);
    }
    broker.close();
  }

  private static void scopes(Section broker) {
    var scopes = broker.section("scopes");
    for (String grade : new String[] {"read", "observe", "low", "high", "destructive"}) {
      scopes.optionalTexts(grade, SCOPE);
    }
    scopes.close();
  }

  @Override
  public void inventory(Section record) {
    list(record.section("list"));
    var one = record.section("one");
    path(one, Set.of("id"));
    one.close();
    RecordMembers.read(record, Form.POINTER);
  }

  private static void page(Section page) {
    page.optionalText("size-name", Form.WORDS);
    page.optionalText("after-name", Form.WORDS);
    page.optionalPositive("size", 10_000);
    page.optionalText("after", Form.POINTER);
    page.close();
  }

  @Override
  public void tickets(Section tickets) {
    var one = tickets.section("one");
    path(one, Set.of("id", "ticket"));
    one.close();
    tickets.optionalText("id", Form.POINTER);
    tickets.text("owner", Form.POINTER);
    tickets.text("requester", Form.POINTER);
    tickets.text("subject", Form.POINTER);
    test(tickets.section("person"));
    test(tickets.section("open"));
    tickets.optionalSection("requesters").ifPresent(HttpLanguage::requesters);
    tickets.close();
  }

  private static void requesters(Section requesters) {
    list(requesters.section("list"));
    requesters.text("id", Form.POINTER);
    requesters.text("owner", Form.POINTER);
    requesters.close();
  }

  private static void list(Section list) {
    path(list, Set.of());
    list.optionalText("items", Form.POINTER);
    list.optionalSection("page").ifPresent(HttpLanguage::page);
    list.close();
  }

  private static void test(Section test) {
    test.text("pointer", Form.POINTER);
    words(test, "equals", "in", "not-in");
    test.close();
  }

  /** Exactly one of these must say which words count. */
  private static void words(Section section, String... names) {
    int given = 0;
    for (String name : names) {
      if (section.has(name)) {
        given++;
        if (name.equals("equals")) {
          section.text(name, Form.WORDS);
        } else {
          section.texts(name, Form.WORDS);
        }
      }
    }
    if (given != 1) {
      section.problem(
          section.origin(),
          "say which words count with one of `" + String.join("`, `", names) + "`");
    }
  }

  @Override
  public void operation(Section operation, Set<String> arguments, Grade effect) {
    var request = operation.section("request");
    request.optionalText("method", METHOD);
    path(request, arguments);
    request.any("body").ifPresent(body -> placeholders(request, "body", body, arguments));
    request.close();
    operation.optionalText("owner", Form.POINTER);
    operation.optionalTexts("fields", Form.POINTER);
    operation.optionalTexts("withhold", Form.POINTER);
    operation.optionalTexts("scopes", SCOPE);
    boolean isJob =
        operation.optionalText("completion", COMPLETION).filter("job"::equals).isPresent();
    if (isJob) {
      job(operation.section("job"), arguments);
    } else if (operation.any("job").isPresent()) {
      operation.problem("job", "`job` needs `completion: job`");
    }
    operation.optionalSection("read-back").ifPresent(back -> readBack(back, arguments));
    if (effect != Grade.OBSERVE && !isJob && !operation.has("read-back")) {
      operation.problem(
          operation.origin(), "an effect is read back; add `read-back` (or lower `effect`)");
    }
  }

  private static void readBack(Section back, Set<String> arguments) {
    path(back, arguments);
    back.text("pointer", Form.POINTER);
    words(back, "equals", "in");
    back.duration("within");
    if (back.has("every")) {
      back.duration("every");
    }
    back.close();
  }

  private static void job(Section job, Set<String> arguments) {
    var known = new HashSet<>(arguments);
    known.add("job");
    job.text("id", Form.POINTER);
    var status = job.section("status");
    path(status, known);
    status.text("pointer", Form.POINTER);
    status.texts("done", Form.WORDS);
    for (String name : new String[] {"queued", "running", "failed", "cancelled"}) {
      status.optionalTexts(name, Form.WORDS);
    }
    if (status.has("every")) {
      status.duration("every");
    }
    status.close();
    job.optionalSection("cancel")
        .ifPresent(cancel -> {
          cancel.optionalText("method", METHOD);
          path(cancel, known);
          cancel.close();
        });
    job.close();
  }

  private static void path(Section section, Set<String> arguments) {
    var path = section.text("path", PATH);
    placeholders(section, "path", Value.of(path), arguments);
    section
        .optionalSection("query")
        .ifPresent(query -> {
          for (String name : query.names()) {
            query.any(name).ifPresent(value -> placeholders(query, name, value, arguments));
          }
        });
  }

  private static void placeholders(
      Section section, String name, Value value, Set<String> arguments) {
    switch (value) {
      case Value.Text(String text) -> {
        var matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
          if (!arguments.contains(matcher.group(1))) {
            section.problem(name, "`{" + matcher.group(1) + "}` is not among the arguments");
          }
        }
      }
      case Value.Array(var items) ->
          items.forEach(item -> placeholders(section, name, item, arguments));
      case Value.Obj object ->
          object.members().values().forEach(v -> placeholders(section, name, v, arguments));
      case Value.Null none -> {}
      case Value.Bool claim -> {}
      case Value.Int number -> {}
      case Value.Real number -> {}
    }
  }
}
