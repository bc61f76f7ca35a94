package dev.remit.identity;

/**
 * A token whose signature was found good by this very key. Whether the key is still published, the
 * token in time and its subject registered is asked at every call.
 */
record VerifiedToken(TrustedIssuer issuer, VerificationKey key, TokenClaims claims) {}
