/**
 * How long the bodies of entries are kept: retention by rule, legal holds, and erasure for one
 * person's sake. Beside the flow, on top of {@code evidence}; carried out by the drivers.
 */
@NullMarked
package dev.remit.core.custody;

import org.jspecify.annotations.NullMarked;
