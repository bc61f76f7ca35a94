package dev.remit.web;

import dev.remit.evidence.TenantEvidence;
import dev.remit.web.authzen.AccessLimits;
import dev.remit.web.authzen.AccessMetadata;
import dev.remit.web.authzen.AccessRoutes;
import dev.remit.web.console.Console;
import dev.remit.web.http.Faults;
import dev.remit.web.http.Hardening;
import dev.remit.web.http.Health;
import dev.remit.web.http.PeopleHeaders;
import dev.remit.web.http.ProxyRule;
import dev.remit.web.http.Pulse;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.http.Wire;
import dev.remit.web.machines.LogRoutes;
import dev.remit.web.machines.MachineCallers;
import dev.remit.web.machines.ResourceMetadata;
import dev.remit.web.machines.TaskRoutes;
import dev.remit.web.mcp.McpEndpoint;
import dev.remit.web.oauth.TokenRoutes;
import dev.remit.web.people.PeopleSite;
import dev.remit.web.people.PeopleWires;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The two listeners, running.
 *
 * <p>Promises: when {@link #start} returns both answer; {@link #stop} takes no new request, gives
 * running ones the time of the configuration and interrupts what is left, which the gateway records
 * as unknown.
 */
public final class RemitWeb implements AutoCloseable {

  private static final String PEOPLE = "people";
  private static final String SECURED = "machines-tls";

  private final WebServer server;
  private final Pulse pulse;
  private final WireConfig config;
  private final Site site;

  private RemitWeb(WebServer server, Pulse pulse, WireConfig config, Site site) {
    this.server = server;
    this.pulse = pulse;
    this.config = config;
    this.site = site;
  }

  /** Where people find us: told by configuration, or known when the listener is open. */
  private static final class Site implements Supplier<PeopleSite> {

    private volatile @Nullable PeopleSite known;

    @Override
    public PeopleSite get() {
      var site = known;
      if (site == null) {
        throw new Refusal(503, "starting", "the server is starting; try again in a moment");
      }
      return site;
    }
  }

  /** Starts both listeners, or neither. */
  public static RemitWeb start(WireConfig config, Behind behind) {
    var pulse = Pulse.start();
    var faults = new Faults(behind.random());
    var people = ListenerConfig.builder();
    var site = new Site();
    site.known = behind.desk().site().orElse(null);
    var listener = behind.desk().site().map(config.people()::with).orElse(config.people());
    apply(people, config, listener, peopleRoutes(behind, site), pulse, faults, PeopleHeaders.ALL);
    var server = WebServer.builder().shutdownHook(false).featuresDiscoverServices(false);
    apply(
        server,
        config,
        config.machines(),
        machineRoutes(config, behind, ProxyRule.NONE, pulse, faults),
        pulse,
        faults,
        Map.of());
    config
        .secured()
        .ifPresent(secured -> server.putSocket(SECURED, secured(config, secured, behind, pulse)));
    try {
      var started = server.putSocket(PEOPLE, people.build()).build().start();
      if (site.known == null) {
        site.known = PeopleSite.loopback(started.port(PEOPLE));
      }
      return new RemitWeb(started, pulse, config, site);
    } catch (RuntimeException e) {
      pulse.close();
      throw e;
    }
  }

  /** The machines' listener as a process of the same machine reaches it. */
  public String machinesUrl() {
    return "http://" + config.machines().address() + ":" + machinesPort();
  }

  /** The machines' listener over TLS, where there is one, as a process of this machine does. */
  public Optional<String> securedUrl() {
    return config
        .secured()
        .map(secured -> "https://" + secured.listener().address() + ":" + server.port(SECURED));
  }

  /** The people's listener as a process of the same machine reaches it. */
  public String peopleUrl() {
    return "http://" + config.people().address() + ":" + peoplePort();
  }

  /** Where people's browsers find this server. */
  public PeopleSite peopleSite() {
    return site.get();
  }

  /** The port that machines are answered on. */
  public int machinesPort() {
    return server.port();
  }

  /** The port that people are answered on. */
  public int peoplePort() {
    return server.port(PEOPLE);
  }

  /** Stops both listeners. */
  public void stop() {
    server.stop();
    pulse.close();
  }

  @Override
  public void close() {
    stop();
  }

  private static void apply(
      ListenerConfig.BuilderBase<?, ?> builder,
      WireConfig config,
      WireConfig.Listener listener,
      List<Route> routes,
      Pulse pulse,
      Faults faults,
      Map<String, String> standing) {
    var wire = new Wire(listener.rule(), routes, config.limits(), pulse, faults, standing);
    Hardening.apply(builder, listener.address(), listener.port(), config.limits(), wire);
  }

  private static ListenerConfig secured(
      WireConfig config, Secured secured, Behind behind, Pulse pulse) {
    var listener = ListenerConfig.builder().tls(secured.tls());
    var faults = new Faults(behind.random());
    var routes = machineRoutes(config, behind, secured.proxies(), pulse, faults);
    apply(listener, config, secured.listener(), routes, pulse, faults, Map.of());
    return listener.build();
  }

  private static List<Route> machineRoutes(
      WireConfig config, Behind behind, ProxyRule proxies, Pulse pulse, Faults faults) {
    var metadata = new ResourceMetadata(config.publicUrl(), config.authorizationServers());
    var callers =
        new MachineCallers(
            behind.authenticator(),
            behind.operator(),
            behind.clock(),
            metadata,
            proxies,
            behind.tokens());
    var mcp =
        new McpEndpoint(
            behind.gateway(),
            callers,
            config.limits().toolsPerPage(),
            pulse,
            faults,
            behind.telemetry().traces());
    var routes = new ArrayList<Route>();
    routes.add(mcp.route());
    routes.addAll(new TaskRoutes(behind.gateway(), callers).routes());
    routes.addAll(
        new AccessRoutes(behind.advisor(), callers, AccessLimits.DEFAULT, behind.clock()).routes());
    routes.addAll(new AccessMetadata(config.publicUrl()).routes());
    routes.addAll(new LogRoutes(behind.logs(), callers).routes());
    routes.addAll(metadata.routes());
    behind
        .tokens()
        .map(desk -> new TokenRoutes(desk, behind.gateway(), callers, behind.clock()).routes())
        .ifPresent(routes::addAll);
    routes.addAll(Health.routes(behind.isReady()));
    behind.telemetry().scrape().ifPresent(scrape -> routes.addAll(scrape.routes()));
    return routes;
  }

  private static List<Route> peopleRoutes(Behind behind, Supplier<PeopleSite> site) {
    var wires = PeopleWires.of(behind.desk(), site, behind.clock(), behind.random());
    var console = new Console(wires, behind.oversight(), behind.clock());
    var routes = new ArrayList<Route>();
    routes.addAll(
        wires.routes(
            behind.oversight(),
            new TenantEvidence(behind.logs(), behind.oversight()::trail, behind.clock()),
            behind.operator(),
            behind.clock(),
            behind.random(),
            console.signInPage()));
    routes.addAll(console.routes());
    routes.addAll(Health.routes(behind.isReady()));
    return routes;
  }
}
