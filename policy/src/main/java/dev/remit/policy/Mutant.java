package dev.remit.policy;

/**
 * A set of policies in which one says something else.
 *
 * @param policy the one that was changed, as it was
 * @param change what was done to it, in words
 * @param policies the whole set after the change; only the changed policy was compiled again
 */
public record Mutant(CompiledPolicy policy, String change, CompiledPolicies policies) {}
