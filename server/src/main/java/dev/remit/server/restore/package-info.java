/**
 * What is done after the data came back from a backup, and how a backup is made.
 *
 * <p>Before the flow: nothing is served until what an earlier life left is dead.
 */
@NullMarked
package dev.remit.server.restore;

import org.jspecify.annotations.NullMarked;
