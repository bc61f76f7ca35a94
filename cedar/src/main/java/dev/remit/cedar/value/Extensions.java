package dev.remit.cedar.value;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions that make values of extension types from text. */
public final class Extensions {
  private static final Map<String, Function<String, @Nullable Value>> CONSTRUCTORS =
      Map.of(
          "decimal", Decimal::parse,
          "ip", IpAddress::parse,
          "datetime", Datetime::parse,
          "duration", CedarDuration::parse);

  private Extensions() {}

  /** Whether a constructor has this name. */
  public static boolean isConstructor(String name) {
    return CONSTRUCTORS.containsKey(name);
  }

  /** What the constructor makes of the text, or null if it refuses it. */
  public static @Nullable Value make(String name, String text) {
    var constructor = CONSTRUCTORS.get(name);
    return constructor == null ? null : constructor.apply(text);
  }
}
