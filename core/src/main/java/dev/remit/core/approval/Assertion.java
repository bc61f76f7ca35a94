package dev.remit.core.approval;

/**
 * What a person's authenticator signed, as the browser sent it: each part base64url without padding
 * (Web Authentication Level 2, section 5.2.2).
 */
public record Assertion(
    String credentialId, String clientDataJson, String authenticatorData, String signature) {}
