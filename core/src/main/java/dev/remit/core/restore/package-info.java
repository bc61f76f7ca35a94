/**
 * The lives of an installation's data: what was true in an earlier one is not taken for true after
 * a restore. Beside the flow; {@code server} acts on it at its start.
 */
@NullMarked
package dev.remit.core.restore;

import org.jspecify.annotations.NullMarked;
