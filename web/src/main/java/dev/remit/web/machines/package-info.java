/**
 * The machines' listener beside MCP: proof of who calls, tasks for orchestrators, resource
 * metadata. In front of {@code core/flow}.
 */
@NullMarked
package dev.remit.web.machines;

import org.jspecify.annotations.NullMarked;
