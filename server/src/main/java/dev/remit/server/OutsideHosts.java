package dev.remit.server;

import dev.remit.connectors.ssh.SshEndpoint;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Hosts that run OpenSSH as configuration lists them: {@code ca} (the name of the authority's
 * sealed key), {@code sourceAddresses}, {@code programs} and {@code hosts}, each with {@code name},
 * {@code owner}, {@code address}, {@code port} (22 if not said), {@code key}, {@code revoker} with
 * {@code account} and {@code command}, and {@code attributes}.
 */
record OutsideHosts(
    String ca, List<String> sourceAddresses, List<String> programs, List<SshEndpoint.Host> hosts) {

  OutsideHosts {
    sourceAddresses = List.copyOf(sourceAddresses);
    programs = List.copyOf(programs);
    hosts = List.copyOf(hosts);
  }

  static OutsideHosts configured(Value.Obj endpoint) {
    var read =
        new OutsideHosts(
            need(endpoint, "ca"),
            texts(endpoint, "sourceAddresses"),
            texts(endpoint, "programs"),
            endpoint.items("hosts").stream().map(OutsideHosts::host).toList());
    read.endpoint((name, inline) -> () -> ""); // what is wrong is said when the server starts
    return read;
  }

  /** The endpoint with the authority's key, read when it is used. */
  SshEndpoint endpoint(BiFunction<String, Optional<String>, Supplier<String>> secrets) {
    return new SshEndpoint(
        secrets.apply(ca, Optional.empty()), sourceAddresses, new HashSet<>(programs), hosts);
  }

  private static SshEndpoint.Host host(Value item) {
    if (!(item instanceof Value.Obj host)) {
      throw new InvalidValueException("each of `hosts` must be an object");
    }
    var attributes = new HashMap<String, String>();
    host.object("attributes")
        .orElse(Value.Obj.EMPTY)
        .members()
        .forEach((name, value) -> attributes.put(name, text(name, value)));
    long port = host.get("port").isEmpty() ? 22 : host.integer("port").orElse(0L);
    return new SshEndpoint.Host(
        need(host, "name"),
        need(host, "owner"),
        need(host, "address"),
        Math.toIntExact(Math.clamp(port, 0, 65_536)),
        need(host, "key"),
        host.get("revoker").map(OutsideHosts::revoker),
        attributes);
  }

  private static SshEndpoint.Revoker revoker(Value value) {
    if (!(value instanceof Value.Obj revoker)) {
      throw new InvalidValueException("`revoker` must be an object");
    }
    return new SshEndpoint.Revoker(need(revoker, "account"), texts(revoker, "command"));
  }

  private static List<String> texts(Value.Obj object, String name) {
    return object.items(name).stream().map(value -> text(name, value)).toList();
  }

  private static String text(String name, Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw new InvalidValueException("`" + name + "` must hold text");
  }

  private static String need(Value.Obj object, String name) {
    return object
        .text(name)
        .orElseThrow(
            () -> new InvalidValueException("`" + name + "` is missing in configuration of hosts"));
  }
}
