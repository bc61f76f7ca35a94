package dev.remit.server;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.server.sink.FileReceiver;
import dev.remit.server.sink.SinkSettings;
import dev.remit.server.sink.SinkTls;
import dev.remit.server.sink.SyslogReceiver;
import dev.remit.server.sink.WebhookReceiver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Where events of the logs go, as the server's own configuration says; the workspace can never name
 * an address.
 *
 * <p>In the configuration file: {@code "sinks": [{"name", "for", "kind", ...}]}. {@code for} is
 * {@code msp} or one tenant, whose sink is told of that tenant alone; {@code tenants} narrows one
 * of the MSP. The rest depends on {@code kind}: {@code file}, {@code webhook} or {@code syslog}.
 */
final class OutsideSinks {

  private static final Set<String> COMMON = Set.of("name", "for", "kind", "tenants");
  private static final long MEGABYTE = 1 << 20;

  private final Function<String, Supplier<String>> secrets;
  private final InstantSource clock;
  private final String hostname;

  /**
   * @param secrets sealed secrets by name, read when they are needed
   * @param hostname what syslog says of where its messages come from
   */
  OutsideSinks(Function<String, Supplier<String>> secrets, InstantSource clock, String hostname) {
    this.secrets = secrets;
    this.clock = clock;
    this.hostname = hostname;
  }

  /** The sinks of a configuration file. */
  List<SinkSettings> configured(Value.Obj file) {
    var sinks = new ArrayList<SinkSettings>();
    var names = new HashSet<String>();
    for (var item : file.items("sinks")) {
      if (!(item instanceof Value.Obj sink)) {
        throw new InvalidValueException("a sink is an object with `name`, `for` and `kind`");
      }
      var one = sink(sink);
      if (!names.add(one.name())) {
        throw new InvalidValueException("sink `" + one.name() + "` is there twice: name it once");
      }
      sinks.add(one);
    }
    return List.copyOf(sinks);
  }

  private SinkSettings sink(Value.Obj sink) {
    String name = need(sink, "name");
    if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
      throw new InvalidValueException(
          "`name` of a sink has lower-case letters, digits and hyphens: `" + name + "`");
    }
    var receiver =
        switch (need(sink, "kind")) {
          case "file" -> file(name, sink);
          case "webhook" -> webhook(name, sink);
          case "syslog" -> syslog(name, sink);
          default ->
              throw new InvalidValueException(
                  "`kind` of sink `" + name + "` is `file`, `webhook` or `syslog`");
        };
    return new SinkSettings(name, tenants(name, sink), receiver);
  }

  private static FileReceiver file(String name, Value.Obj sink) {
    only(name, sink, Set.of("folder", "rotateMegabytes"));
    var folder = Path.of(need(sink, "folder"));
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InvalidValueException(
          "`folder` of sink `" + name + "` must be a folder that the server may write to");
    }
    return new FileReceiver(folder, number(name, sink, "rotateMegabytes", 100, 10_000) * MEGABYTE);
  }

  private WebhookReceiver webhook(String name, Value.Obj sink) {
    only(name, sink, Set.of("url", "secret", "ca", "certificate", "key"));
    String url = need(sink, "url");
    boolean isLocal =
        url.matches("http://(127\\.0\\.0\\.1|\\[::1]|localhost)(:[0-9]{1,5})?(/[^\\s#]*)?");
    if (!isLocal && !url.matches("https://[^\\s#]{1,2000}")) {
      throw new InvalidValueException(
          "`url` of sink `" + name + "` must be an https address, or http on loopback");
    }
    var tls = sink.get("ca").isPresent() || sink.get("certificate").isPresent();
    return new WebhookReceiver(
        URI.create(url),
        secrets.apply(need(sink, "secret")),
        tls ? Optional.of(tls(sink)) : Optional.empty(),
        clock);
  }

  private SyslogReceiver syslog(String name, Value.Obj sink) {
    only(
        name,
        sink,
        Set.of("host", "port", "maxBytes", "closesWithoutNotice", "ca", "certificate", "key"));
    return new SyslogReceiver(
        new SyslogReceiver.Peer(
            need(sink, "host"),
            (int) number(name, sink, "port", 6514, 65_535),
            (int) number(name, sink, "maxBytes", 65_536, 1 << 20),
            sink.get("closesWithoutNotice").equals(Optional.of(Value.of(true)))),
        tls(sink),
        hostname);
  }

  private static SSLContext tls(Value.Obj sink) {
    return SinkTls.of(
        sink.text("ca").map(Path::of),
        sink.text("certificate").map(Path::of),
        sink.text("key").map(Path::of));
  }

  /** Of one tenant alone, unless it is for the MSP, whose sink may be narrowed. */
  private static Set<TenantId> tenants(String name, Value.Obj sink) {
    String whose = need(sink, "for");
    boolean isNarrowed = sink.get("tenants").isPresent();
    if (!whose.equals("msp")) {
      if (isNarrowed || whose.startsWith("_")) {
        throw new InvalidValueException(
            "sink `" + name + "` is `for` one tenant: it takes no `tenants`");
      }
      return Set.of(new TenantId(whose));
    }
    var tenants = new HashSet<TenantId>();
    for (var item : sink.items("tenants")) {
      if (!(item instanceof Value.Text(String tenant))) {
        throw new InvalidValueException("`tenants` of sink `" + name + "` is a list of names");
      }
      tenants.add(new TenantId(tenant));
    }
    if (isNarrowed && tenants.isEmpty()) {
      throw new InvalidValueException(
          "`tenants` of sink `" + name + "` names none: leave it out to send all");
    }
    return tenants;
  }

  private static void only(String name, Value.Obj sink, Set<String> own) {
    for (var member : sink.members().keySet()) {
      if (!COMMON.contains(member) && !own.contains(member)) {
        throw new InvalidValueException(
            "sink `" + name + "` has an unknown key `" + member + "`: remove it");
      }
    }
  }

  private static long number(String name, Value.Obj sink, String member, long standard, long most) {
    long number = sink.get(member).isEmpty() ? standard : sink.integer(member).orElse(0L);
    if (number < 1 || number > most) {
      throw new InvalidValueException(
          "`" + member + "` of sink `" + name + "` is a number between 1 and " + most);
    }
    return number;
  }

  private static String need(Value.Obj sink, String member) {
    return sink.text(member)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new InvalidValueException("a sink needs `" + member + "`"));
  }
}
