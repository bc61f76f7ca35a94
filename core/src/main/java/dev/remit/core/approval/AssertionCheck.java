package dev.remit.core.approval;

/** Checks what an authenticator signed (Web Authentication Level 2, section 7.2). Never throws. */
@FunctionalInterface
public interface AssertionCheck {

  /** Whether this key signed this challenge, its user verified, on this installation's origin. */
  Result check(PersonKey key, byte[] challenge, Assertion assertion);

  /** Whether it holds. */
  sealed interface Result {}

  /**
   * It holds.
   *
   * @param counter the signature counter; the one who stores it refuses one that went back
   */
  record Valid(long counter) implements Result {}

  /**
   * It does not.
   *
   * @param why for evidence and the person who signed; holds no secret
   */
  record Invalid(String why) implements Result {}
}
