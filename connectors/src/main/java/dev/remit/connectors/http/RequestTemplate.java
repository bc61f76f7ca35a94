package dev.remit.connectors.http;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Settings;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A declared request: method, path with query, and body. */
record RequestTemplate(String method, PathTemplate path, Optional<BodyTemplate> body) {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  RequestTemplate {
    if (!METHODS.contains(method)) {
      throw new InvalidValueException(
          "unknown method `" + method + "`: use GET, POST, PUT, PATCH or DELETE");
    }
  }

  static RequestTemplate of(Settings settings) {
    return new RequestTemplate(
        settings.optionalText("method").orElse("GET"),
        path(settings),
        settings.object().object("body").map(BodyTemplate::new));
  }

  static PathTemplate path(Settings settings) {
    return new PathTemplate(settings.text("path"), query(settings));
  }

  static Map<String, String> query(Settings settings) {
    var query = new LinkedHashMap<String, String>();
    settings
        .optionalPart("query")
        .ifPresent(part -> part.object().members().forEach((n, v) -> query.put(n, scalar(n, v))));
    return query;
  }

  private static String scalar(String name, Value value) {
    return Pointer.scalar(value)
        .orElseThrow(
            () -> new InvalidValueException("query value `" + name + "` must be a scalar"));
  }
}
