/**
 * What every kind of connector needs: settings read from the workspace, JSON pointers, results in
 * MCP's form, pauses. Beside the flow; used by the kinds only.
 */
@NullMarked
package dev.remit.connectors.common;

import org.jspecify.annotations.NullMarked;
