package dev.remit.connectors.wire;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** What became of one HTTP request. Details hold neither secrets nor the vendor's words. */
public sealed interface Exchange {
  /** It certainly never left. */
  record NotSent(String detail) implements Exchange {}

  /** It may have left, and no certain answer came. */
  record Lost(String detail) implements Exchange {}

  /** An answer came that is too large to read. */
  record TooLarge(String detail) implements Exchange {}

  /** An answer of any status. Never compared; the bytes are its own. */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, HttpHeaders headers, byte[] body) implements Exchange {
    /** Whether the vendor says that it did it. */
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** The body if it is JSON by type and by content. */
    public Optional<Value> json() {
      if (!isJson(headers.firstValue("content-type").orElse(""))
          || headers.firstValue("content-encoding").isPresent()) {
        return Optional.empty();
      }
      try {
        return Optional.of(Json.parse(body));
      } catch (InvalidValueException e) {
        return Optional.empty();
      }
    }

    /** The status and its own name, never the vendor's words. */
    public String words() {
      return Statuses.words(status);
    }

    private static boolean isJson(String contentType) {
      var type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
      return type.equals("application/json")
          || (type.startsWith("application/") && type.endsWith("+json"));
    }

    @Override
    public String toString() {
      return words();
    }
  }
}
