package dev.remit.cedar.value;

/** A value of Cedar's language. Values of different types are never equal. */
public sealed interface Value extends Outcome
    permits Value.Bool,
        Value.Int,
        Value.Text,
        EntityUid,
        ValueSet,
        ValueRecord,
        Decimal,
        IpAddress,
        Datetime,
        CedarDuration {

  /** A truth value; two instances only, so they may be compared by identity. */
  enum Bool implements Value {
    /** False. */
    FALSE,
    /** True. */
    TRUE;

    /** The value of a claim. */
    public static Bool of(boolean claim) {
      return claim ? TRUE : FALSE;
    }
  }

  /** A {@code Long}: a whole number of 64 bits. */
  record Int(long number) implements Value, Comparable<Int> {
    @Override
    public int compareTo(Int other) {
      return Long.compare(number, other.number);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }
  }

  /**
   * A {@code String} of Unicode scalar values; the caller sees to it that surrogates are paired.
   */
  record Text(String text) implements Value, Comparable<Text> {
    @Override
    public int hashCode() {
      return text.hashCode();
    }

    @Override
    public int compareTo(Text other) {
      return text.compareTo(other.text);
    }
  }
}
