package dev.remit.connectors.http;

import dev.remit.connectors.wire.Ask;
import dev.remit.connectors.wire.Exchange;
import dev.remit.connectors.wire.Wire;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.SendBy;
import dev.remit.core.lease.Credential;
import dev.remit.core.value.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One HTTP system, spoken to with what its broker made. */
final class VendorApi {
  private final URI base;
  private final Wire wire;
  private final InstantSource clock;
  private final int limitBytes;

  VendorApi(URI base, Wire wire, InstantSource clock, int limitBytes) {
    this.base = base;
    this.wire = wire;
    this.clock = clock;
    this.limitBytes = limitBytes;
  }

  URI address(PathTemplate path, Value.Obj arguments) {
    return path.fill(base, arguments);
  }

  URI address(PathTemplate path, Value.Obj arguments, Map<String, String> more) {
    return path.fill(base, arguments, more);
  }

  /** Sends one request with the credential. */
  Exchange send(
      String method,
      URI address,
      Optional<byte[]> body,
      Credential credential,
      Duration timeout,
      SendBy sendBy,
      Cut cut) {
    var login = login(credential);
    if (login.isEmpty()) {
      return new Exchange.NotSent("the credential has expired");
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put(login.get().header(), login.get().value());
    headers.put("Accept", "application/json");
    body.ifPresent(bytes -> headers.put("Content-Type", "application/json"));
    var ask = new Ask(method, address, headers, body, timeout, limitBytes);
    var exchange = wire.exchange(ask, sendBy, cut);
    return echoes(exchange, login.get().secret())
        ? new Exchange.Lost("the vendor's answer held the credential and was dropped")
        : exchange;
  }

  private static boolean echoes(Exchange exchange, String secret) {
    return exchange instanceof Exchange.Answer answer
        && answer.body().length >= secret.length()
        && new String(answer.body(), StandardCharsets.ISO_8859_1).contains(secret);
  }

  /** Reads JSON; empty when the vendor has no such record. */
  Optional<Value> read(URI address, Credential credential, Duration timeout, Cut cut) {
    var exchange = send("GET", address, Optional.empty(), credential, timeout, () -> false, cut);
    return switch (exchange) {
      case Exchange.NotSent(String detail) -> throw new VendorException(detail);
      case Exchange.Lost(String detail) -> throw new VendorException(detail);
      case Exchange.TooLarge(String detail) -> throw new VendorException(detail);
      case Exchange.Answer answer when answer.status() == 404 -> Optional.empty();
      case Exchange.Answer answer when answer.isSuccess() ->
          Optional.of(
              answer
                  .json()
                  .orElseThrow(() -> new VendorException("the vendor's answer is not JSON")));
      case Exchange.Answer answer ->
          throw new VendorException("the vendor answered " + answer.words());
    };
  }

  private Optional<HttpCredential.Login> login(Credential credential) {
    if (credential instanceof HttpCredential ours) {
      return ours.loginAt(clock.instant());
    }
    throw new IllegalStateException("a credential of another connector");
  }
}
