/**
 * Secrets that connectors need and that must stand, sealed at rest.
 *
 * <p>Beside the flow: the server and {@code remit secret put} use it; brokers get the opened bytes
 * and nobody else does.
 */
@NullMarked
package dev.remit.identity.secret;

import org.jspecify.annotations.NullMarked;
