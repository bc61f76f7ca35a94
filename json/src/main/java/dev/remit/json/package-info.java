/**
 * Hostile bytes become a {@link dev.remit.core.value.Value} here, once, and arguments meet the
 * schema that was pinned for their tool.
 *
 * <p>The only place that knows a JSON library; no tree of it leaves this package. Used by every
 * adapter that reads JSON, before {@code identity}.
 */
@NullMarked
package dev.remit.json;

import org.jspecify.annotations.NullMarked;
