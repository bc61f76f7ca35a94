package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks token endpoints, with a proof of the key, and once more with the nonce that a server wants
 * (RFC 9449, section 8). What goes wrong is told without the server's own words where those could
 * hold what we sent.
 */
final class Client {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST = 200_000;

  private final Wire wire;
  private final Proofs proofs;
  private final InstantSource clock;

  Client(Wire wire, Proofs proofs, InstantSource clock) {
    this.wire = wire;
    this.proofs = proofs;
    this.clock = clock;
  }

  /** A document that a server publishes about itself. */
  Value.Obj document(URI uri) {
    var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).GET().build();
    var answer = send(request);
    if (answer.statusCode() != 200) {
      throw CommandException.broken("`" + uri + "` answered " + answer.statusCode());
    }
    return object(answer, uri);
  }

  /** The token that a token endpoint gives for this form (RFC 6749, section 5.1). */
  Token token(URI endpoint, Map<String, String> form) {
    var answer = post(endpoint, form);
    var isNonceWanted = answer.statusCode() == 400 || answer.statusCode() == 401;
    if (heard(endpoint, answer) && isNonceWanted) {
      answer = post(endpoint, form);
      heard(endpoint, answer);
    }
    var told = object(answer, endpoint);
    if (answer.statusCode() != 200) {
      var code = told.text("error").filter(text -> text.matches("[a-z_]{1,60}")).orElse("");
      throw CommandException.refused(
          "`" + endpoint + "` gave no token (" + answer.statusCode() + " " + code + ")");
    }
    var now = clock.instant();
    var value = told.text("access_token").orElse("");
    var read = Token.read(value, proofs.thumbprint(), now);
    boolean isBound = told.text("token_type").filter("DPoP"::equalsIgnoreCase).isPresent();
    var until = told.integer("expires_in").map(now::plusSeconds).orElse(read.until());
    return new Token(read.value(), isBound, earlier(until, read.until(), value));
  }

  /** An opaque token says nothing of its end. */
  private static Instant earlier(Instant told, Instant own, String value) {
    return value.contains(".") && own.isBefore(told) ? own : told;
  }

  private boolean heard(URI uri, HttpResponse<InputStream> answer) {
    return proofs.heard(uri, answer.headers().firstValue("DPoP-Nonce"));
  }

  private HttpResponse<InputStream> post(URI endpoint, Map<String, String> form) {
    var body =
        form.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(field -> field.getKey() + "=" + PeopleApi.encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .header("DPoP", proofs.proof("POST", endpoint, Optional.empty()))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<InputStream> send(HttpRequest request) {
    try {
      return wire.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw CommandException.broken("`" + request.uri() + "` cannot be reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  private static Value.Obj object(HttpResponse<InputStream> answer, URI uri) {
    try (var body = answer.body()) {
      var bytes = body.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new InvalidValueException("too long");
      }
      return Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException | InvalidValueException e) {
      throw CommandException.broken(
          "`" + uri + "` answered " + answer.statusCode() + " without an object in JSON");
    }
  }
}
