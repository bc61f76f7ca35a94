package dev.remit.core.identity;

import dev.remit.core.tenant.TenantId;

/** Whose person somebody is. An issuer vouches for one organisation only. */
public sealed interface Organisation {

  /** The managed service provider itself. */
  record Msp() implements Organisation {}

  /** A client company. */
  record Client(TenantId tenant) implements Organisation {}

  /** The name recorded in evidence: {@code msp} or {@code client/TENANT}. */
  default String text() {
    return switch (this) {
      case Msp() -> "msp";
      case Client(TenantId tenant) -> "client/" + tenant.value();
    };
  }
}
