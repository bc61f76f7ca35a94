/**
 * The small MCP server that every side of a benchmark stands before.
 *
 * <p>Outside the flow.
 */
@NullMarked
package dev.remit.bench.upstream;

import org.jspecify.annotations.NullMarked;
