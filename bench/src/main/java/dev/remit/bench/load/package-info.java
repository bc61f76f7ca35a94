/**
 * The client that makes the load, the same for every side, and what its timings say.
 *
 * <p>Outside the flow.
 */
@NullMarked
package dev.remit.bench.load;

import org.jspecify.annotations.NullMarked;
