/**
 * The way of each call as spans, sent to a collector over OTLP. Names follow OpenTelemetry's
 * semantic conventions for MCP and GenAI; arguments, results and names of clients are in none.
 */
@NullMarked
package dev.remit.server.trace;

import org.jspecify.annotations.NullMarked;
