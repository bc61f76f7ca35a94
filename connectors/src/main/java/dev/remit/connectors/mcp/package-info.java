/**
 * Upstream MCP servers over Streamable HTTP (specification 2025-11-25): one upstream session for
 * each lease, only listed methods out, only tool results back. Serves the stages {@code lease} and
 * {@code execution}.
 */
@NullMarked
package dev.remit.connectors.mcp;

import org.jspecify.annotations.NullMarked;
