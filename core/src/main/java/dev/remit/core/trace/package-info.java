/**
 * Where the trace context of the running call lives, for telemetry and for the trail alone. It
 * stands beside the flow and carries no authority: nothing is decided on it.
 */
@NullMarked
package dev.remit.core.trace;

import org.jspecify.annotations.NullMarked;
