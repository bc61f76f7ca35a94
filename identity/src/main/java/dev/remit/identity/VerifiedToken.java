package dev.remit.identity;

import dev.remit.core.value.Value;

/**
 * A token whose signature was found good by this very key. Whether the key is still published, the
 * token in time and its subject registered is asked at every call.
 *
 * @param said all claims, for those that tell workloads of the issuer apart
 */
record VerifiedToken(
    TrustedIssuer issuer, VerificationKey key, TokenClaims claims, Value.Obj said) {}
