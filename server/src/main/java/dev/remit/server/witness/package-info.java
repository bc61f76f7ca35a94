/**
 * Asking witnesses outside the installation to cosign the logs of tenants, and stopping where one
 * of them has seen another history (C2SP tlog-witness).
 */
@NullMarked
package dev.remit.server.witness;

import org.jspecify.annotations.NullMarked;
