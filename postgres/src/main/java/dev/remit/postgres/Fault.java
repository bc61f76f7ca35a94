package dev.remit.postgres;

/**
 * One reason why a database is not safe to serve from.
 *
 * @param what what is wrong, in lower case
 * @param fix what an administrator does about it
 */
public record Fault(String what, String fix) {

  @Override
  public String toString() {
    return what + ": " + fix;
  }
}
