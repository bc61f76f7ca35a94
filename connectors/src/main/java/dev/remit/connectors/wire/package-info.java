/**
 * HTTP as Remit speaks it to vendors: bounded, without redirects, cut at will, honest about whether
 * anything was sent. Serves the stage {@code execution}.
 */
@NullMarked
package dev.remit.connectors.wire;

import org.jspecify.annotations.NullMarked;
