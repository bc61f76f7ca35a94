/** The drivers: the only code that knows all stages, and where all branching between them is. */
@NullMarked
package dev.remit.core.flow;

import org.jspecify.annotations.NullMarked;
