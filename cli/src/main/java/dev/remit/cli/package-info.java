/**
 * The {@code remit} command: argument parsing, tables and exit codes.
 *
 * <p>Outside the flow: it starts the server as a process of its own and talks to the people's
 * listener; it decides nothing.
 */
@NullMarked
package dev.remit.cli;

import org.jspecify.annotations.NullMarked;
