package dev.remit.log;

/**
 * An entry's place in the log and its hash (RFC 6962 §2.1).
 *
 * <p>Says nothing about the entry's bytes beyond their hash.
 */
public record Leaf(long index, Hash hash) {}
