/**
 * Benchmarks: each name measures one thing, with its peers and its floor in the same run.
 *
 * <p>Outside the flow; starts the server as a process of its own and talks to it over its wires
 * only.
 */
@NullMarked
package dev.remit.bench;

import org.jspecify.annotations.NullMarked;
