/**
 * Whether evidence outlives crashes at the system call: one governed append and one integration run
 * in a process of their own, and a tracer kills it, or PostgreSQL under it, at each write, fsync
 * and send.
 */
@NullMarked
package dev.remit.bench.crash;

import org.jspecify.annotations.NullMarked;
