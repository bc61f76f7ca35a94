package dev.remit.core.restore;

import java.time.Instant;

/**
 * One life of the data: from a first start, a restore or a promotion to the next one.
 *
 * @param number rises by one with each
 * @param cause why it began, in words
 * @param cluster where the data lived when it began: the database's own name for itself and its
 *     timeline, which a copy under another server and a promotion do not share
 */
public record Epoch(long number, String cause, String cluster, Instant at) {}
