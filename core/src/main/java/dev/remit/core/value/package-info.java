/**
 * Remit's own tree of I-JSON values, and their canonical bytes.
 *
 * <p>Every other package may use it; it uses nothing. Hostile bytes become a {@link
 * dev.remit.core.value.Value} once, at the edge, and travel inward only as that.
 */
@NullMarked
package dev.remit.core.value;

import org.jspecify.annotations.NullMarked;
