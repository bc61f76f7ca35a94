package dev.remit.policy.reach;

import java.util.List;
import java.util.Locale;

/**
 * How calls of a tool go at one level of autonomy.
 *
 * @param answers sentences of the rules that ask, those that always ask first; ids beside them
 * @param refusals policies that may refuse, or for {@link How#NEVER} those that always do
 */
public record Way(How how, List<Said> answers, List<Said> refusals) {

  /** The four ways. */
  public enum How {
    /** Nobody is asked. */
    ALONE,
    /** Somebody is asked in some cases. */
    PARTLY,
    /** Somebody is always asked. */
    ASKS,
    /** It is refused whatever the call says. */
    NEVER;

    /** The form for people and programs. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A policy and its words.
   *
   * @param isAlways whether it takes effect on every call
   * @param isBuiltIn whether it comes with Remit
   */
  public record Said(String policy, String words, boolean isAlways, boolean isBuiltIn) {}

  public Way {
    answers = List.copyOf(answers);
    refusals = List.copyOf(refusals);
  }
}
