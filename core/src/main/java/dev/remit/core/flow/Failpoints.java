package dev.remit.core.flow;

/** Named places at which tests end or pause the process; nothing happens there otherwise. */
@FunctionalInterface
public interface Failpoints {

  /** The one used outside tests. */
  Failpoints NONE = name -> {};

  /** Says that a named place was reached. */
  void reached(String name);
}
