package dev.remit.lab.vendor;

/** The MSP's one API client at the vendor; it reaches every organisation, as in reality. */
public record OAuthClient(String id, String secret) {}
