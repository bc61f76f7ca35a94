package dev.remit.cedar;

import dev.remit.cedar.value.Failure;

/** A policy that could not be evaluated, and why. */
public record PolicyFailure(String policy, Failure failure) {}
