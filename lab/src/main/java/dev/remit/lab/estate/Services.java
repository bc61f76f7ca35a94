package dev.remit.lab.estate;

import dev.remit.lab.estate.Service.State;
import dev.remit.lab.http.Refusal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The Windows services of all devices. Thread safe. An order changes the state in steps that take
 * time; a later order to the same service replaces the steps of an earlier one.
 */
public final class Services {
  private final Later later;
  private final Activities activities;
  private final Timing timing;
  private final Map<Integer, Map<String, Service>> services = new TreeMap<>();
  private final Map<String, UUID> orders = new TreeMap<>();

  public Services(Later later, Activities activities, Timing timing) {
    this.later = later;
    this.activities = activities;
    this.timing = timing;
  }

  synchronized void fill(Map<Integer, List<Service>> seeded) {
    services.clear();
    orders.clear();
    seeded.forEach((device, list) -> list.forEach(service -> put(device, service)));
  }

  private void put(int deviceId, Service service) {
    services.computeIfAbsent(deviceId, id -> new TreeMap<>()).put(service.name(), service);
  }

  public synchronized List<Service> of(int deviceId) {
    return List.copyOf(services.getOrDefault(deviceId, Map.of()).values());
  }

  /** The service, or 404. Names are matched exactly. */
  public synchronized Service get(int deviceId, String name) {
    Service service = services.getOrDefault(deviceId, Map.of()).get(name);
    if (service == null) {
      throw Refusal.notFound("no service `" + name + "` on device `" + deviceId + "`");
    }
    return service;
  }

  /** Replaces the record at once. */
  public synchronized void change(int deviceId, String name, UnaryOperator<Service> change) {
    put(deviceId, change.apply(get(deviceId, name)));
  }

  /** Takes an order; the state follows in steps. */
  public synchronized void control(int deviceId, String name, String action, Actor by) {
    Service service = get(deviceId, name);
    List<State> steps = steps(service, action);
    UUID order = UUID.randomUUID();
    orders.put(deviceId + "/" + name, order);
    activities.write(
        deviceId,
        "ACTION",
        "START_REQUESTED",
        "Windows service",
        action + " of service " + name + " requested by " + by.clientId(),
        order.toString(),
        by);
    step(deviceId, name, order, steps, by);
  }

  private static List<State> steps(Service service, String action) {
    if (service.startType().equals("DISABLED") && !action.equals("STOP")) {
      throw Refusal.conflict("service `" + service.name() + "` is disabled");
    }
    State end = service.stuck() ? State.STOPPED : State.RUNNING;
    return switch (action) {
      case "START" -> List.of(State.START_PENDING, end);
      case "STOP" -> List.of(State.STOP_PENDING, State.STOPPED);
      case "PAUSE" -> List.of(State.PAUSE_PENDING, State.PAUSED);
      case "RESTART" -> List.of(State.STOP_PENDING, State.STOPPED, State.START_PENDING, end);
      default -> throw Refusal.badRequest("`action` must be START, PAUSE, STOP or RESTART");
    };
  }

  private synchronized void step(
      int deviceId, String name, UUID order, List<State> steps, Actor by) {
    if (!order.equals(orders.get(deviceId + "/" + name))) {
      return;
    }
    change(deviceId, name, service -> service.in(steps.getFirst()));
    if (steps.size() == 1) {
      activities.write(
          deviceId,
          "ACTION",
          "COMPLETED",
          "Windows service",
          "service " + name + " is " + steps.getFirst(),
          order.toString(),
          by);
      return;
    }
    List<State> rest = steps.subList(1, steps.size());
    long pause = timing.serviceMillis() / Math.max(1, steps.size());
    later.run(pause, () -> step(deviceId, name, order, rest, by));
  }
}
