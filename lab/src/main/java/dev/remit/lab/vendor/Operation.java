package dev.remit.lab.vendor;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Endpoint;
import dev.remit.lab.http.Reply;
import io.helidon.http.Method;
import java.util.Set;

/**
 * One operation of a vendor.
 *
 * @param name what faults and triggers call it
 * @param scope the OAuth scope it needs; empty for those where the client shows its secret instead
 * @param query the query parameters it knows
 */
public record Operation(
    String name, Method method, String path, String scope, Set<String> query, Act act) {

  /** The operation's work. */
  @FunctionalInterface
  public interface Act {
    Reply answer(Call call, Actor actor);
  }

  /** Reads with the scope. */
  public static Operation get(
      String name, String path, String scope, Endpoint endpoint, String... query) {
    return new Operation(
        name, Method.GET, path, scope, Set.of(query), (call, actor) -> endpoint.answer(call));
  }

  /** Posts with the scope. */
  public static Operation post(String name, String path, String scope, Act act) {
    return new Operation(name, Method.POST, path, scope, Set.of(), act);
  }

  public static Operation read(String name, String path, Endpoint endpoint, String... query) {
    return new Operation(
        name,
        Method.GET,
        path,
        "monitoring",
        Set.of(query),
        (call, actor) -> endpoint.answer(call));
  }

  public static Operation manage(String name, Method method, String path, Act act) {
    return new Operation(name, method, path, "management", Set.of(), act);
  }

  public static Operation control(String name, Method method, String path, Act act) {
    return new Operation(name, method, path, "control", Set.of(), act);
  }

  public static Operation login(String name, String path, Endpoint endpoint) {
    return new Operation(
        name, Method.POST, path, "", Set.of(), (call, actor) -> endpoint.answer(call));
  }
}
