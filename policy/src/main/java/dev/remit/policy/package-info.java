/**
 * Cedar behind the decision point: the schema, plain terms compiled to policies, slices, and the
 * official engine.
 *
 * <p>In the flow it is the adapter of {@code dev.remit.core.decision}. Cedar's library and the JSON
 * tree it brings stay inside this package; what leaves it are {@link
 * dev.remit.core.decision.Decision}s, {@link dev.remit.policy.Diagnostic}s and text.
 */
@NullMarked
package dev.remit.policy;

import org.jspecify.annotations.NullMarked;
