package dev.remit.identity.passkey;

/**
 * Whom keys are made for: this installation as browsers see it.
 *
 * @param origin scheme, host and port, exactly
 * @param id the relying party id: the host (Web Authentication Level 2, section 5.1.2)
 */
public record RelyingParty(String origin, String id) {}
