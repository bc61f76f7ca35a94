package dev.remit.web.http;

/** What answers one route. It throws {@link Refusal} for everything it does not accept. */
public interface Endpoint {

  /** Reads the request and answers it. */
  void handle(Exchange exchange);
}
