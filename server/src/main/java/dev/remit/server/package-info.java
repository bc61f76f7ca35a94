/**
 * The composition root: main, configuration, wiring, and the only place with a wall clock, a random
 * source and timers.
 */
@NullMarked
package dev.remit.server;

import org.jspecify.annotations.NullMarked;
