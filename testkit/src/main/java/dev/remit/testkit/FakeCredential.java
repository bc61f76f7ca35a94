package dev.remit.testkit;

import dev.remit.core.lease.Credential;
import java.util.List;

/** A credential of a {@link FakeBroker}. */
public record FakeCredential(String principal) implements Credential {
  @Override
  public List<String> secrets() {
    return List.of(secretOf(principal));
  }

  /** The secret of whoever has this name. */
  public static String secretOf(String principal) {
    return "kept-" + new StringBuilder(principal).reverse();
  }
}
