package dev.remit.identity;

import dev.remit.core.value.Value;
import java.net.URI;

/** Where the published keys of issuers come from. */
public interface JwksSource {

  /** Reads the document now, within bounded time and size; never throws for the world failing. */
  Fetched fetch(URI address);

  /** The answer to {@link #fetch}. */
  sealed interface Fetched {}

  /** What the address answered: a JWK set, if it is one. */
  record Document(Value.Obj keySet) implements Fetched {}

  /** It could not be had; {@code detail} is for operators. */
  record Away(String detail) implements Fetched {}
}
