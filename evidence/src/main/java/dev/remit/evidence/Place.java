package dev.remit.evidence;

/**
 * Where in a pack something is.
 *
 * @param line counted from 1
 * @param byteOffset counted from 0 at the start of the file: the first byte known to be wrong, or
 *     the start of its line where no byte can be told
 */
public record Place(long line, long byteOffset) {}
