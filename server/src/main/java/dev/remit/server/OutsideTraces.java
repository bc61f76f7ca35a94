package dev.remit.server;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.server.trace.OtlpTraces;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where traces go, as the server's own configuration says; nowhere unless it does.
 *
 * <p>In the configuration file: {@code "traces": {"url", "secret"}}; {@code secret} names a sealed
 * bearer token that the collector wants.
 */
final class OutsideTraces {

  private OutsideTraces() {}

  static Optional<OtlpTraces.Collector> configured(
      Value.Obj file, Function<String, Supplier<String>> secrets) {
    if (file.get("traces").isEmpty()) {
      return Optional.empty();
    }
    var traces =
        file.object("traces")
            .orElseThrow(() -> new InvalidValueException("`traces` is an object with `url`"));
    if (!Set.of("url", "secret").containsAll(traces.members().keySet())) {
      throw new InvalidValueException("`traces` has an unknown key: use `url` and `secret`");
    }
    String url = traces.text("url").orElse("");
    boolean isLocal =
        url.matches("http://(127\\.0\\.0\\.1|\\[::1]|localhost)(:[0-9]{1,5})?(/[^\\s#]*)?");
    if (!isLocal && !url.matches("https://[^\\s#]{1,2000}")) {
      throw new InvalidValueException(
          "`url` of `traces` must be an https address, or http on loopback");
    }
    return Optional.of(
        new OtlpTraces.Collector(URI.create(url), traces.text("secret").map(secrets)));
  }
}
