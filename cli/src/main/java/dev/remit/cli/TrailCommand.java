package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import dev.remit.evidence.TrailView;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit trail}. */
@Command(
    name = "trail",
    mixinStandardHelpOptions = true,
    description = "Shows the evidence, oldest first.")
final class TrailCommand implements Callable<Integer> {

  private static final String PAGE = "1000";

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--tenant", paramLabel = "T", description = "one tenant only")
  private String tenant = "";

  @Option(names = "--task", paramLabel = "ID", description = "one task only")
  private String task = "";

  @Option(names = "--call", paramLabel = "ID", description = "one call only")
  private String call = "";

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "an instant (2026-01-31T08:00:00Z) or an age (90s, 15m, 8h, 2d)")
  private String since = "";

  @Mixin private TrailFilter filter = new TrailFilter();

  @Option(names = "--follow", description = "go on with what comes, until Ctrl-C")
  private boolean follow;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PeopleApi people = server.people();
    List<String> tenants = Tenants.chosen(people, tenant);
    String from = since(since, Instant.now());
    Set<String> shown = new HashSet<>();
    show(read(people, tenants, from), shown);
    while (follow) {
      Thread.sleep(1000);
      show(read(people, tenants, from), shown);
    }
    return 0;
  }

  private List<Value.Obj> read(PeopleApi people, List<String> tenants, String from) {
    List<Value.Obj> entries = new ArrayList<>();
    for (String name : tenants) {
      var query = new HashMap<>(filter.wanted());
      query.putAll(Map.of("tenant", name, "task", task, "call", call, "since", from));
      query.put("limit", PAGE);
      // A page of a search may be short before the end: it says where to go on.
      for (Optional<Long> next = Optional.of(0L); next.isPresent(); ) {
        var page = people.get("/v1/trail", query);
        for (Value entry : page.items("entries")) {
          if (entry instanceof Value.Obj object) {
            entries.add(object);
          }
        }
        next = page.integer("next");
        next.ifPresent(index -> query.put("from", Long.toString(index)));
      }
    }
    entries.sort(Comparator.comparing(entry -> Output.text(entry, "leaf.at")));
    return entries;
  }

  private void show(List<Value.Obj> entries, Set<String> shown) {
    PrintWriter out = spec.commandLine().getOut();
    for (Value.Obj entry : entries) {
      if (!shown.add(Output.text(entry, "leaf.id"))) {
        continue;
      }
      if (server.isJson()) {
        Output.json(out, entry);
      } else {
        out.println(line(entry, tenant.isEmpty()));
      }
    }
    out.flush();
  }

  /** One entry on one line, with its tenant where several are shown. */
  static String line(Value.Obj entry, boolean isOfMany) {
    var rows = TrailView.rows(Value.object("entries", List.of(entry)));
    String text = String.join("", TrailView.lines(rows));
    return isOfMany ? Output.text(entry, "leaf.tenant") + "  " + text : text;
  }

  /** Reads an instant or an age; the answer is an instant in text, or nothing. */
  static String since(String text, Instant now) {
    if (text.isEmpty()) {
      return "";
    }
    try {
      if (text.matches("[0-9]{1,6}[smh]")) {
        return now.minus(Duration.parse("PT" + text)).toString();
      }
      if (text.matches("[0-9]{1,6}d")) {
        return now.minus(Duration.parse("P" + text)).toString();
      }
      return Instant.parse(text).toString();
    } catch (DateTimeParseException e) {
      throw CommandException.usage(
          "`"
              + Output.printable(text)
              + "` is no instant and no age: use 2026-01-31T08:00:00Z or 15m");
    }
  }
}
