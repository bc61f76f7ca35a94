package dev.remit.core.identity;

/** What a person may be there for. No one holds two of them for one action. */
public enum PersonFunction {
  /** Answers proposals. */
  APPROVE,
  /** Holds, takes over and ends tasks, and stops what runs. */
  OPERATE,
  /** Reads everything and certifies what was done. */
  OVERSEE,
  /** Writes policy. */
  AUTHOR,
  /** Registers people's keys and runs the installation. */
  ADMINISTER
}
