package dev.remit.cedar.expr;

import dev.remit.cedar.value.CedarDuration;
import dev.remit.cedar.value.Datetime;
import dev.remit.cedar.value.Extensions;
import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.IpAddress;
import dev.remit.cedar.value.Outcome;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Int;
import dev.remit.cedar.value.Value.Text;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Functions and methods of the extension types. */
final class Calls {
  private static final Failure NO_STRING = Failure.type("string");
  private static final Failure NO_IP = Failure.type("ipaddr");
  private static final Failure NO_DATETIME = Failure.type("datetime");
  private static final Failure NO_DURATION = Failure.type("duration");
  private static final Failure OFFSET = Failure.extension("offset");
  private static final Failure SINCE = Failure.extension("durationSince");
  private static final Failure TO_DATE = Failure.extension("toDate");

  private static final Map<String, UnaryOperator<Outcome>> UNARY =
      Map.ofEntries(
          Map.entry("isIpv4", ip(address -> !address.isV6())),
          Map.entry("isIpv6", ip(IpAddress::isV6)),
          Map.entry("isLoopback", ip(IpAddress::isLoopback)),
          Map.entry("isMulticast", ip(IpAddress::isMulticast)),
          Map.entry("toDate", Calls::toDate),
          Map.entry("toTime", Calls::toTime),
          Map.entry("toMilliseconds", duration(CedarDuration::millis)),
          Map.entry("toSeconds", duration(value -> value.millis() / 1000)),
          Map.entry("toMinutes", duration(value -> value.millis() / 60_000)),
          Map.entry("toHours", duration(value -> value.millis() / 3_600_000)),
          Map.entry("toDays", duration(value -> value.millis() / 86_400_000)));

  private static final Map<String, Binary> BINARY =
      Map.of(
          "lessThan", Comparison::decimalLess,
          "lessThanOrEqual", Comparison::decimalLessOrEqual,
          "greaterThan", (left, right) -> Comparison.decimalLess(right, left),
          "greaterThanOrEqual", (left, right) -> Comparison.decimalLessOrEqual(right, left),
          "isInRange", Calls::isInRange,
          "offset", Calls::offset,
          "durationSince", Calls::durationSince);

  private Calls() {}

  /** How many arguments the function of this name takes, or 0 if there is none. */
  static int arity(String function) {
    if (BINARY.containsKey(function)) {
      return 2;
    }
    return UNARY.containsKey(function) || Extensions.isConstructor(function) ? 1 : 0;
  }

  /** The call of a function that has this many arguments. */
  static Expression call(String function, List<Expression> arguments) {
    var first = arguments.getFirst();
    var binary = BINARY.get(function);
    if (binary != null) {
      return Constant.folded(binary.on(first, arguments.get(1)), arguments);
    }
    var unary = UNARY.get(function);
    return Constant.folded(
        unary == null ? constructor(function, first) : method(unary, first), arguments);
  }

  private static Expression method(UnaryOperator<Outcome> operator, Expression argument) {
    return facts -> {
      var outcome = argument.eval(facts);
      return outcome instanceof Failure ? outcome : operator.apply(outcome);
    };
  }

  private static Expression constructor(String function, Expression argument) {
    var refused = Failure.extension(function);
    return facts -> {
      var outcome = argument.eval(facts);
      if (outcome instanceof Text(String text)) {
        var value = Extensions.make(function, text);
        return value == null ? refused : value;
      }
      return outcome instanceof Failure ? outcome : NO_STRING;
    };
  }

  private static UnaryOperator<Outcome> ip(Predicate<IpAddress> predicate) {
    return outcome ->
        outcome instanceof IpAddress address ? Bool.of(predicate.test(address)) : NO_IP;
  }

  private static UnaryOperator<Outcome> duration(ToLongFunction<CedarDuration> count) {
    return outcome ->
        outcome instanceof CedarDuration duration
            ? new Int(count.applyAsLong(duration))
            : NO_DURATION;
  }

  private static Outcome toDate(Outcome outcome) {
    if (!(outcome instanceof Datetime datetime)) {
      return NO_DATETIME;
    }
    var date = datetime.toDate();
    return date == null ? TO_DATE : date;
  }

  private static Outcome toTime(Outcome outcome) {
    return outcome instanceof Datetime datetime ? datetime.toTime() : NO_DATETIME;
  }

  private static Outcome isInRange(Outcome left, Outcome right) {
    return left instanceof IpAddress address && right instanceof IpAddress range
        ? Bool.of(address.isInRange(range))
        : NO_IP;
  }

  private static Outcome offset(Outcome left, Outcome right) {
    if (!(left instanceof Datetime(long start))) {
      return NO_DATETIME;
    }
    if (!(right instanceof CedarDuration(long distance))) {
      return NO_DURATION;
    }
    long end = start + distance;
    return ((start ^ end) & (distance ^ end)) < 0 ? OFFSET : new Datetime(end);
  }

  private static Outcome durationSince(Outcome left, Outcome right) {
    if (left instanceof Datetime(long end) && right instanceof Datetime(long start)) {
      long distance = end - start;
      return ((end ^ start) & (end ^ distance)) < 0 ? SINCE : new CedarDuration(distance);
    }
    return NO_DATETIME;
  }
}
