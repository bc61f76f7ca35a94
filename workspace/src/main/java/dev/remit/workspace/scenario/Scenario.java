package dev.remit.workspace.scenario;

import dev.remit.policy.Origin;
import java.util.List;
import java.util.Set;

/** One file of {@code scenarios/}: cases that belong together. */
public record Scenario(String name, String about, List<Case> cases) {
  public Scenario {
    cases = List.copyOf(cases);
  }

  /**
   * One case: given this, when that is asked, then so.
   *
   * @param scenario the scenario it is of
   * @param threats what it shows an answer to, such as {@code owasp-asi-2026/ASI02}
   * @param origin where it is written
   */
  public record Case(
      String scenario,
      String name,
      Set<String> threats,
      Given given,
      When when,
      Expected then,
      Origin origin) {
    public Case {
      threats = Set.copyOf(threats);
    }
  }

  /** What is asked. */
  public record When(String tool, dev.remit.core.value.Value.Obj arguments, Asked asked) {}

  /** Who is asked. */
  public enum Asked {
    /** Everything that a call meets, in its order. */
    REMIT,
    /** Policy alone, as if each check before it had let the call pass. */
    POLICY
  }
}
