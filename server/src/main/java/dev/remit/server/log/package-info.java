/**
 * What the server keeps on its own disk for the logs: the heads that it signed, and refusals that
 * the database could not take.
 *
 * <p>Outside the flow.
 */
@NullMarked
package dev.remit.server.log;

import org.jspecify.annotations.NullMarked;
