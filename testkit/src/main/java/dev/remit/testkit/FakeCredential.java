package dev.remit.testkit;

import dev.remit.core.lease.Credential;

/** A credential of a {@link FakeBroker}. */
public record FakeCredential(String principal) implements Credential {}
