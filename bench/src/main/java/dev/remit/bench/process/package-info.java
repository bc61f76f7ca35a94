/**
 * Processes beside the server: started, awaited, ended with this one.
 *
 * <p>Outside the flow.
 */
@NullMarked
package dev.remit.bench.process;

import org.jspecify.annotations.NullMarked;
