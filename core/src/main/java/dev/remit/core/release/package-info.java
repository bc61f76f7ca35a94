/**
 * Policy versions: what a workspace means at run time. Beside the flow; it names types of the
 * stages.
 */
@NullMarked
package dev.remit.core.release;

import org.jspecify.annotations.NullMarked;
