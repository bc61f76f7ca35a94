/** A small real MCP server for tests and benchmarks, and what it can be bent to do. */
@NullMarked
package dev.remit.testkit.mcp;

import org.jspecify.annotations.NullMarked;
