package dev.remit.lab.rmm;

import dev.remit.lab.estate.Device;
import dev.remit.lab.http.Refusal;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A part of the vendor's device filter (`df`): `id`, `org`, `loc`, `role` and `class` with `=`,
 * `eq` or `in (a, b)`, joined with `AND`. Everything else is refused.
 */
final class DeviceFilter {
  private static final Pattern TERM =
      Pattern.compile("(id|org|loc|role|class)\\s*(?:=|eq\\s|in\\s*\\()\\s*([\\w ,-]+?)\\s*\\)?");

  private DeviceFilter() {}

  static Predicate<Device> parse(String text) {
    Predicate<Device> all = device -> true;
    for (String term : text.split("\\s+AND\\s+", -1)) {
      Matcher matcher = TERM.matcher(term.strip());
      if (!matcher.matches()) {
        throw Refusal.badRequest("cannot read the device filter `" + text + "`");
      }
      String field = String.valueOf(matcher.group(1));
      Set<String> values =
          Arrays.stream(String.valueOf(matcher.group(2)).split(",", -1))
              .map(String::strip)
              .collect(Collectors.toSet());
      all = all.and(device -> values.contains(value(device, field)));
    }
    return all;
  }

  private static String value(Device device, String field) {
    return switch (field) {
      case "id" -> Integer.toString(device.id());
      case "org" -> Integer.toString(device.organizationId());
      case "loc" -> Integer.toString(device.locationId());
      case "role" -> Integer.toString(device.role().id());
      default -> device.role().nodeClass();
    };
  }
}
