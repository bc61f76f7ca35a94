package dev.remit.web.console;

import java.util.List;

/**
 * Where this installation stands just now, as far as the reader may see.
 *
 * @param hasFatigue whether the reader may also see how much is asked of people
 */
public record PostureView(String version, List<Check> checks, boolean hasFatigue) {

  public PostureView {
    checks = List.copyOf(checks);
  }

  /** How many need a look. */
  public long open() {
    return checks.stream().filter(check -> !check.isFine()).count();
  }

  /**
   * One thing that is as it should be, or not.
   *
   * @param found what is not, one line each
   * @param advice what to do about it, or what being fine means
   */
  public record Check(String name, String icon, boolean isFine, String advice, List<String> found) {
    public Check {
      found = List.copyOf(found);
    }
  }
}
