/**
 * {@code remit connect}: a bridge for MCP clients that know only standard input and output or a
 * plain address. Inward it speaks to one client on this machine; outward it proves the workload and
 * the key at every request. It decides nothing and changes no message.
 */
@NullMarked
package dev.remit.cli.connect;

import org.jspecify.annotations.NullMarked;
