/**
 * HTTP/JSON systems: operations, inventory and tickets as the workspace declares them, with a
 * short-lived bearer token from an OAuth client that Remit alone holds. Serves the stages {@code
 * target}, {@code lease} and {@code execution}.
 */
@NullMarked
package dev.remit.connectors.http;

import org.jspecify.annotations.NullMarked;
