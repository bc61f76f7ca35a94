package dev.remit.lab.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as maps and lists; duplicate keys and trailing text are refused with 400. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Renders maps, lists, strings, numbers and booleans. */
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** Renders for people, two spaces deep. */
  public static byte[] pretty(Object value) {
    return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
  }

  /** Reads one JSON object. */
  public static Map<String, Object> parseObject(byte[] text) {
    try {
      Object value = MAPPER.readValue(text, Object.class);
      if (value instanceof Map<?, ?> map) {
        return typed(map);
      }
      throw Refusal.badRequest("the body must be a JSON object");
    } catch (JacksonException e) {
      throw Refusal.badRequest("the body is not valid JSON");
    }
  }

  /** An ordered object from alternating names and values; a null value leaves its name out. */
  public static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object name = namesAndValues[i];
      Object value = namesAndValues[i + 1];
      if (name != null && value != null) {
        map.put(name.toString(), value);
      }
    }
    return map;
  }

  /** The member as an object, or an empty one when it is absent. */
  public static Map<String, Object> member(Map<String, Object> object, String name) {
    Object value = object.get(name);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return typed(map);
    }
    throw Refusal.badRequest("`" + name + "` must be an object");
  }

  private static Map<String, Object> typed(Map<?, ?> map) {
    Map<String, Object> typed = new LinkedHashMap<>();
    map.forEach((key, value) -> typed.put(String.valueOf(key), value));
    return typed;
  }
}
