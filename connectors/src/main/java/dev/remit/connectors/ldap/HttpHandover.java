package dev.remit.connectors.ldap;

import dev.remit.connectors.wire.Ask;
import dev.remit.connectors.wire.Exchange;
import dev.remit.connectors.wire.Wire;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.SendBy;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A place that takes passwords by {@code POST} of a JSON object ({@code call}, {@code tenant},
 * {@code person}, {@code password}) with a bearer token: a gateway for text messages, or a portal
 * of the client's own. It answers 2xx once it keeps the password; the body is not looked at.
 */
public final class HttpHandover implements Handover, AutoCloseable {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final int LIMIT_BYTES = 4_096;
  private final URI place;
  private final Supplier<String> token;
  private final Wire wire;

  /** Takes an {@code https} address; plain {@code http} only on this very machine. */
  public HttpHandover(URI place, Supplier<String> token) {
    var scheme = String.valueOf(place.getScheme());
    boolean isNear = scheme.equals("http") && LOOPBACK.contains(String.valueOf(place.getHost()));
    if (!scheme.equals("https") && !isNear) {
      throw new InvalidValueException("passwords are handed over by https only");
    }
    this.place = place;
    this.token = token;
    this.wire = new Wire(scheme.equals("https"));
  }

  @Override
  public Handed hand(Parcel parcel, SendBy sendBy, Cut cut, Duration timeout) {
    var body =
        Value.object(
            "call", parcel.call(),
            "tenant", parcel.tenant(),
            "person", parcel.person(),
            "password", parcel.password());
    var ask =
        new Ask(
            "POST",
            place,
            Map.of(
                "Authorization",
                "Bearer " + token.get(),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                parcel.call()),
            Optional.of(CanonicalJson.bytes(body)),
            timeout,
            LIMIT_BYTES);
    return switch (wire.exchange(ask, sendBy, cut)) {
      case Exchange.Answer answer when answer.isSuccess() -> new Taken();
      case Exchange.Answer answer -> new NotTaken("the place answered " + answer.words());
      case Exchange.NotSent(String detail) -> new NotTaken(detail);
      case Exchange.Lost(String detail) -> new NotTaken(detail);
      case Exchange.TooLarge(String detail) -> new NotTaken(detail);
    };
  }

  @Override
  public void close() {
    wire.close();
  }
}
