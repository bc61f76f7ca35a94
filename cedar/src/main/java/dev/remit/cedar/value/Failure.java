package dev.remit.cedar.value;

/**
 * Why an expression has no value. Made when policies are compiled, so that failing allocates
 * nothing; it names the expression's part, never a value of the request.
 *
 * @param message a sentence in lower case
 */
public record Failure(Kind kind, String message) implements Outcome {
  /** The classes of Cedar's evaluation errors. */
  public enum Kind {
    /** An operator met a value of another type. */
    TYPE,
    /** Whole numbers of 64 bits do not reach. */
    OVERFLOW,
    /** A record or entity has no such attribute or tag. */
    ATTRIBUTE,
    /** There is no such entity. */
    ENTITY,
    /** A function of an extension type refused its arguments. */
    EXTENSION,
    /** Values are nested too deeply to be compared. */
    DEPTH,
    /** This evaluator is wrong. */
    INTERNAL
  }

  /** A value of this type was expected. */
  public static Failure type(String expected) {
    return new Failure(Kind.TYPE, "type error: expected " + expected);
  }

  /** The operator's result does not fit. */
  public static Failure overflow(String operator) {
    return new Failure(Kind.OVERFLOW, "integer overflow in `" + operator + "`");
  }

  /** The function refused its arguments. */
  public static Failure extension(String function) {
    return new Failure(Kind.EXTENSION, "`" + function + "` refuses its argument");
  }
}
