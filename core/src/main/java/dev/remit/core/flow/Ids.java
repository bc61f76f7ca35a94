package dev.remit.core.flow;

/** Random names: unguessable where they must be, seeded in tests. */
public interface Ids {

  /** A fresh name of 26 or more characters with at least 120 random bits. */
  String id();

  /** 16 random bytes in hexadecimal. */
  String salt();
}
