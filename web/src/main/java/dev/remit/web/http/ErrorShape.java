package dev.remit.web.http;

/** How a wire says that it refuses: RFC 9457 problems, or JSON-RPC errors. */
public interface ErrorShape {

  /** The refusal in this wire's form. */
  Answer of(Refusal refusal);
}
