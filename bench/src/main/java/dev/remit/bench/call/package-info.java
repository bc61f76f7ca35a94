/**
 * Figures of one governed call: a read and an effect through Remit, beside the bare upstream and a
 * plain proxy.
 *
 * <p>Outside the flow.
 */
@NullMarked
package dev.remit.bench.call;

import org.jspecify.annotations.NullMarked;
