package dev.remit.connectors.http;

import dev.remit.connectors.common.Pointer;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A declared path with placeholders that are whole segments, and a declared query.
 *
 * <p>Promises: an argument fills exactly one segment or one query value, percent-encoded as RFC
 * 3986, section 2.1, says; no argument can add, remove or climb over a segment. Empty values, dot
 * segments, values that would hold one after decoding, and control characters are refused.
 */
final class PathTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_-]{1,64})}");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~@:!$&'()*+,;=-]+");
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_-]{1,128}");
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private final List<String> segments;
  private final Map<String, String> query;

  PathTemplate(String path, Map<String, String> query) {
    if (!path.startsWith("/")) {
      throw new InvalidValueException("a path starts with `/`, not `" + path + "`");
    }
    this.segments = List.of(path.substring(1).split("/", -1));
    this.query = new TreeMap<>(query);
    segments.forEach(PathTemplate::requireSegment);
  }

  private static void requireSegment(String segment) {
    boolean isPlaceholder = PLACEHOLDER.matcher(segment).matches();
    if (!isPlaceholder && (!LITERAL.matcher(segment).matches() || isDots(segment))) {
      throw new InvalidValueException(
          "path segment `" + segment + "` must be a plain word or one whole {argument}");
    }
  }

  /** The address under the base with these arguments. */
  URI fill(URI base, Value.Obj arguments) {
    return fill(base, arguments, Map.of());
  }

  /** The address with further query values that are ours, such as those of a page. */
  URI fill(URI base, Value.Obj arguments, Map<String, String> more) {
    var path =
        segments.stream()
            .map(segment -> encodeSegment(segment, arguments))
            .collect(Collectors.joining("/", "/", ""));
    var values = new TreeMap<String, String>();
    query.forEach((name, template) -> put(values, name, template, arguments));
    values.putAll(more);
    var text =
        values.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    var root = base.toString().replaceAll("/+$", "");
    return URI.create(root + path + (text.isEmpty() ? "" : "?" + text));
  }

  private static String encodeSegment(String segment, Value.Obj arguments) {
    var matcher = PLACEHOLDER.matcher(segment);
    if (!matcher.matches()) {
      return segment;
    }
    var value =
        arguments
            .get(matcher.group(1))
            .flatMap(Pointer::scalar)
            .orElseThrow(() -> new InvalidValueException("argument " + segment + " is missing"));
    requireOneSegment(value);
    return encode(value);
  }

  private static void requireOneSegment(String value) {
    requireNoControl(value);
    if (value.isEmpty()) {
      throw new InvalidValueException("an identifier must not be empty");
    }
    for (String part : value.split("[/\\\\]", -1)) {
      if (isDots(part) || isDots(part.replaceAll("(?i)%2e", "."))) {
        throw new InvalidValueException("an identifier must not be or hold a dot segment");
      }
    }
  }

  private static boolean isDots(String part) {
    return part.equals(".") || part.equals("..");
  }

  private static void requireNoControl(String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException("an identifier must not hold control characters");
    }
  }

  /** A whole-value placeholder whose optional argument is absent leaves the query value out. */
  private static void put(
      Map<String, String> values, String name, String template, Value.Obj arguments) {
    var whole = PLACEHOLDER.matcher(template);
    if (whole.matches()) {
      arguments
          .get(whole.group(1))
          .flatMap(Pointer::scalar)
          .ifPresent(value -> {
            requireNoControl(value);
            values.put(name, value);
          });
      return;
    }
    values.put(name, whole.reset().replaceAll(match -> simple(match.group(1), arguments)));
  }

  /**
   * Inside a vendor's own filter language only plain words may stand; those of a list are parted by
   * commas.
   */
  private static String simple(String name, Value.Obj arguments) {
    List<Value> items =
        switch (arguments.get(name).orElse(Value.Null.NULL)) {
          case Value.Array(List<Value> all) -> all;
          case Value one -> List.of(one);
        };
    var words =
        items.stream()
            .map(Pointer::scalar)
            .flatMap(Optional::stream)
            .filter(word -> SIMPLE.matcher(word).matches())
            .toList();
    if (words.isEmpty() || words.size() < items.size()) {
      throw new InvalidValueException(
          "argument `" + name + "` must be letters, digits, `_` and `-` only");
    }
    return String.join(",", words);
  }

  private static String encode(String text) {
    var out = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (UNRESERVED.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return out.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
