/**
 * Processes that the command starts: the server and the lab, each with its own class path.
 *
 * <p>Outside the flow; used by {@code up} and the demo.
 */
@NullMarked
package dev.remit.cli.process;

import org.jspecify.annotations.NullMarked;
