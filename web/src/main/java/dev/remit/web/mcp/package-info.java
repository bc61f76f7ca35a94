/**
 * The Model Context Protocol over Streamable HTTP, revisions 2026-07-28 and 2025-11-25 on one
 * endpoint. On the machines' listener, in front of {@code core/flow}.
 */
@NullMarked
package dev.remit.web.mcp;

import org.jspecify.annotations.NullMarked;
