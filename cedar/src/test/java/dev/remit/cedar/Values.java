package dev.remit.cedar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Makes values at random, with a liking for edges. */
final class Values {
  static final List<String> NAMES = List.of("a", "b", "c", "d", "x y", "é");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of("", "a", "b", "ab", "aab", "a*b", "*", "é", "😀", "a😀b", "x y", "A", "\\", "1.0");
  private static final List<String> DECIMALS =
      List.of(
          "0.0",
          "-0.0",
          "1.0",
          "1.0000",
          "-0.5",
          "0.00001",
          "922337203685477.5807",
          "922337203685477.5808",
          "-922337203685477.5808",
          "-922337203685477.5809",
          "00.1",
          "1.",
          ".1",
          "+1.0",
          "1",
          "9999999999999999999.0");
  private static final List<String> ADDRESSES =
      List.of(
          "127.0.0.1",
          "127.0.0.1/8",
          "127.0.0.1/7",
          "10.0.0.0/8",
          "10.1.2.3/24",
          "10.1.2.3",
          "0.0.0.0/0",
          "224.0.0.1/4",
          "224.0.0.1/3",
          "::",
          "::1",
          "::1/128",
          "::1/127",
          "::/0",
          "ff00::/8",
          "ff00::/7",
          "fe80::1:2/64",
          "FE80:0:0:0:0:0:1:2/64",
          "1:2:3:4:5:6:7::",
          "::2:3:4:5:6:7:8",
          "1:2:3:4:5:6:7:8",
          "1:2:3:4:5:6:7:8::",
          "::ffff:1.2.3.4",
          "1.2.3.4/33",
          "1.2.3.4/08",
          "256.0.0.1",
          "1.2.3",
          "01.2.3.4",
          ":::",
          "1::2::3",
          "");
  private static final List<String> DATETIMES =
      List.of(
          "1970-01-01",
          "1969-12-31T23:59:59.999Z",
          "2024-02-29",
          "2023-02-29",
          "0000-01-01",
          "9999-12-31T23:59:59.999-2359",
          "2024-01-01T00:00:00Z",
          "2024-01-01T00:00:00.5Z",
          "2024-01-01T00:00:00.500Z",
          "2024-01-01T12:00:00+0130",
          "2024-01-01T12:00:00-0130",
          "2024-01-01T24:00:00Z",
          "2024-01-01T23:59:60Z",
          "2024-01-01T12:00:00+2400",
          "2024-01-01T12:00:00+2360",
          "2024-01-01T12:00:00",
          "2024-13-01",
          "2024-1-01",
          "24-01-01",
          "2024-01-01Z");
  private static final List<String> DURATIONS =
      List.of(
          "0ms",
          "-0ms",
          "1d",
          "24h",
          "1d2h3m4s5ms",
          "-1d2h3m4s5ms",
          "5ms",
          "5m",
          "5m5ms",
          "1h1d",
          "",
          "-",
          "d",
          "1x",
          "106751991167d",
          "106751991168d",
          "9223372036854775807ms",
          "-9223372036854775808ms",
          "9223372036854775808ms",
          "-9223372036854775809ms",
          "1d1d",
          "-1ms-1s",
          "99999999999999999999d",
          "1ms1");
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    10,
    60_000,
    86_400_000,
    Integer.MAX_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 1,
    Long.MIN_VALUE + 1,
    3037000500L,
    -3037000500L
  };

  private final Random random;

  Values(Random random) {
    this.random = random;
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String name() {
    return any(NAMES);
  }

  String text() {
    return any(TEXTS);
  }

  long number() {
    return random.nextInt(4) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  /** An argument for the constructor of an extension type. */
  String argument(String function) {
    return switch (function) {
      case "decimal" ->
          random.nextInt(3) == 0
              ? random.nextInt(-30, 30) + "." + random.nextInt(100)
              : any(DECIMALS);
      case "ip" -> any(ADDRESSES);
      case "datetime" -> any(DATETIMES);
      default ->
          random.nextInt(3) == 0
              ? random.nextInt(-30, 30) + any(List.of("d", "h", "m", "s", "ms"))
              : any(DURATIONS);
    };
  }

  /** A value that is in order, in the form of attributes. */
  JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> JSON.booleanNode(random.nextBoolean());
      case 1, 2 -> JSON.numberNode(number());
      case 3 -> JSON.textNode(text());
      case 4 -> entity();
      case 5 -> extension();
      case 6 -> set(depth - 1);
      default -> record(depth - 1);
    };
  }

  ObjectNode entity() {
    var escaped = JSON.objectNode();
    escaped.set("__entity", Cases.uid(random));
    return escaped;
  }

  private ObjectNode extension() {
    String function = any(List.of("decimal", "ip", "datetime", "duration"));
    String argument = argument(function);
    while (dev.remit.cedar.value.Extensions.make(function, argument) == null) {
      argument = argument(function);
    }
    var escaped = JSON.objectNode();
    escaped.putObject("__extn").put("fn", function).put("arg", argument);
    return escaped;
  }

  private ArrayNode set(int depth) {
    var set = JSON.arrayNode();
    for (int i = random.nextInt(random.nextInt(5) == 0 ? 20 : 4); i > 0; i--) {
      set.add(value(depth));
    }
    return set;
  }

  /** Some of the names with values. */
  ObjectNode record(int depth) {
    var record = JSON.objectNode();
    if (depth > 0) {
      for (String name : NAMES) {
        if (random.nextBoolean()) {
          record.set(name, value(depth - 1));
        }
      }
      if (random.nextInt(20) == 0) {
        for (int i = 0; i < 20; i++) {
          record.set("n" + i, value(0));
        }
      }
    }
    return record;
  }
}
