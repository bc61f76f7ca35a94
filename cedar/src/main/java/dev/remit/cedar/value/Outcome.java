package dev.remit.cedar.value;

/** What an expression comes to: a value or a failure. */
public sealed interface Outcome permits Value, Failure {}
