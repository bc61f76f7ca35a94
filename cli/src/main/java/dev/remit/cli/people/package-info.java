/**
 * The client of the people's listener, with the operator token of the data folder.
 *
 * <p>Outside the flow; used by all commands that read or kill.
 */
@NullMarked
package dev.remit.cli.people;

import org.jspecify.annotations.NullMarked;
