package dev.remit.lab.estate;

/**
 * A Windows service of a device; its name is its id.
 *
 * @param startType as in NinjaOne's `WindowsService`
 * @param stuck whether it never reaches RUNNING when it is started
 */
public record Service(
    String name,
    String displayName,
    String description,
    String startType,
    String userName,
    State state,
    boolean stuck) {

  /** The states of the Windows service control manager. */
  public enum State {
    UNKNOWN,
    STOPPED,
    START_PENDING,
    RUNNING,
    STOP_PENDING,
    PAUSE_PENDING,
    PAUSED,
    CONTINUE_PENDING
  }

  public Service in(State other) {
    return new Service(name, displayName, description, startType, userName, other, stuck);
  }

  public Service stuck(boolean isStuck) {
    return new Service(name, displayName, description, startType, userName, state, isStuck);
  }
}
